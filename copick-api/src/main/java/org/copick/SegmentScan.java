package org.copick;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.copick.entity.SegmentationType;
import org.copick.error.CorruptDataException;
import org.copick.error.NotFoundException;
import org.copick.error.UnsupportedFeatureException;
import org.copick.zarr.DataType;
import org.copick.zarr.Numbers;
import org.copick.zarr.Region;
import org.copick.zarr.ZarrArray;

/** Finds the contents of instance and panoptic segmentations by reading level 0. */
final class SegmentScan {
    private static final long CHANNELS = 2;

    private final Segmentation segmentation;
    private final ZarrArray array;

    SegmentScan(Segmentation segmentation) {
        this.segmentation = segmentation;
        this.array = segmentation.volume().level(0).array();
        if (array.dataType().isFloat()) {
            throw new CorruptDataException(segmentation.location() + " holds elements of type " + array.dataType()
                    + ", which cannot be labels");
        }
    }

    List<Long> instances() {
        require(SegmentationType.INSTANCE);
        Set<Long> found = new HashSet<>();
        eachBlock(Region.all(array.shape()), block -> {
            Numbers numbers = read(block);
            long last = 0;
            for (int i = 0; i < numbers.size(); i++) {
                long id = numbers.whole(i);
                if (id != last) {
                    found.add(id);
                    last = id;
                }
            }
        });
        found.remove(0L);
        return found.stream().sorted(Long::compareUnsigned).toList();
    }

    List<Segmentation.Segment> segments() {
        Region channel = firstChannel();
        Map<Long, Set<Long>> found = new HashMap<>();
        eachBlock(channel, block -> {
            Numbers labels = read(block);
            Numbers instances = read(Labels.inChannel(block, 1));
            for (int i = 0; i < labels.size(); i++) {
                long label = labels.whole(i);
                if (label != 0) {
                    found.computeIfAbsent(label, l -> new HashSet<>()).add(instances.whole(i));
                }
            }
        });
        Map<Long, String> names = new HashMap<>();
        for (PickableObject object : segmentation.root().objects()) {
            object.label().ifPresent(label -> names.put(label, object.name()));
        }
        List<Segmentation.Segment> segments = new ArrayList<>();
        found.forEach((label, ids) -> ids.forEach(id -> segments.add(new Segmentation.Segment(
                names.getOrDefault(label, array.dataType().text(label)), id))));
        segments.sort(Comparator.comparing(Segmentation.Segment::object)
                .thenComparing(Segmentation.Segment::instance, Long::compareUnsigned));
        return segments;
    }

    VolumeData labels() {
        Region channel = firstChannel();
        return VolumeData.of(
                array.dataType(),
                (box, into) -> array.readElements(inChannel(box, 0), into),
                channel.length(1),
                channel.length(2),
                channel.length(3));
    }

    VolumeData instancesOf(PickableObject object) {
        Region channel = firstChannel();
        long label = object.label()
                .orElseThrow(() -> new NotFoundException("the object " + object.name() + " has no label"));
        DataType type = array.dataType();
        return VolumeData.of(
                type,
                (box, into) -> {
                    array.readElements(inChannel(box, 1), into);
                    Numbers instances = new Numbers(type, into);
                    Numbers labels = read(inChannel(box, 0));
                    for (int i = 0; i < labels.size(); i++) {
                        if (labels.whole(i) != label) {
                            instances.put(i, 0L);
                        }
                    }
                },
                channel.length(1),
                channel.length(2),
                channel.length(3));
    }

    private static Region inChannel(Region spatial, long channel) {
        return Region.of(
                new long[] {channel, spatial.start(0), spatial.start(1), spatial.start(2)},
                new long[] {1, spatial.length(0), spatial.length(1), spatial.length(2)});
    }

    private Region firstChannel() {
        require(SegmentationType.PANOPTIC);
        long[] shape = array.shape();
        if (shape.length != 4 || shape[0] != CHANNELS) {
            throw new CorruptDataException(segmentation.location() + " has no channels for labels and instances");
        }
        return Region.of(new long[4], new long[] {1, shape[1], shape[2], shape[3]});
    }

    private void require(SegmentationType wanted) {
        if (segmentation.type() != wanted) {
            throw new UnsupportedFeatureException(segmentation.location() + " is a "
                    + segmentation.type().name().toLowerCase(java.util.Locale.ROOT) + " segmentation; this needs a "
                    + wanted.name().toLowerCase(java.util.Locale.ROOT) + " one");
        }
    }

    private Numbers read(Region block) {
        return Conversion.read(array::readElements, array.dataType(), block);
    }

    /** Visits the region one chunk at a time, so that each chunk is read only once. */
    private void eachBlock(Region all, Conversion.Piece action) {
        long[] chunk = array.chunkShape();
        int rank = all.rank();
        long[] at = new long[rank];
        while (true) {
            long[] length = new long[rank];
            for (int i = 0; i < rank; i++) {
                length[i] = Math.min(chunk[i], all.length(i) - at[i]);
            }
            action.accept(Region.of(at, length));
            int axis = rank - 1;
            while (axis >= 0) {
                at[axis] += chunk[axis];
                if (at[axis] < all.length(axis)) {
                    break;
                }
                at[axis--] = 0;
            }
            if (axis < 0) {
                return;
            }
        }
    }
}
