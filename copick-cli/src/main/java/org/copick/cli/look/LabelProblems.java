package org.copick.cli.look;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.copick.Level;
import org.copick.PickableObject;
import org.copick.Segmentation;
import org.copick.cli.walk.VolumeCheck;
import org.copick.cli.walk.VoxelWalk;
import org.copick.entity.SegmentationType;
import org.copick.zarr.DataType;
import org.copick.zarr.Numbers;

/** Checks of the labels of a segmentation. */
final class LabelProblems {
    private static final int MOST_SHOWN = 10;
    /** Number of unknown labels after which counting stops: there may be as many as voxels. */
    private static final int MOST_COUNTED = 10_000;

    private LabelProblems() {}

    static List<String> of(Segmentation segmentation) {
        List<String> problems = new ArrayList<>();
        Level level = segmentation.volume().level(0);
        if (level.dataType().isFloat()) {
            problems.add("its values are " + level.dataType() + ", which cannot be labels");
            return problems;
        }
        boolean panoptic = segmentation.type() == SegmentationType.PANOPTIC;
        if (panoptic && VolumeCheck.isVolume(level, 1) && (level.shape().length != 4 || level.shape()[0] != 2)) {
            problems.add("its shape is " + VolumeCheck.describe(level) + "; a panoptic segmentation has 2, z, y and x");
            return problems;
        }
        if (!VolumeCheck.isVolume(level, panoptic ? 1 : 0)) {
            return problems;
        }
        boolean binary = segmentation.type() == SegmentationType.BINARY;
        if (segmentation.type() == SegmentationType.INSTANCE) {
            return problems;
        }
        Set<Long> known = new HashSet<>(binary ? Set.of(0L, 1L) : Set.of(0L));
        if (!binary) {
            for (PickableObject object : segmentation.root().objects()) {
                object.label().ifPresent(known::add);
            }
        }
        DataType type = level.dataType();
        Set<Long> unknown = new TreeSet<>(type == DataType.UINT64 ? Long::compareUnsigned : Long::compare);
        VoxelWalk.through(level, box -> {
            if (panoptic && box.region().start(0) != 0) {
                return;
            }
            Numbers elements = box.elements();
            int size = panoptic && box.region().length(0) == 2 ? elements.size() / 2 : elements.size();
            long last = 0;
            for (int i = 0; i < size; i++) {
                long label = elements.whole(i);
                if (label != last && unknown.size() <= MOST_COUNTED && !known.contains(label)) {
                    unknown.add(label);
                }
                last = label;
            }
        });
        if (!unknown.isEmpty()) {
            String shown = unknown.stream().limit(MOST_SHOWN).map(type::text).collect(Collectors.joining(", "))
                    + (unknown.size() > MOST_SHOWN
                            ? " and " + (unknown.size() > MOST_COUNTED ? "at least " : "")
                                    + (unknown.size() - MOST_SHOWN) + " more"
                            : "");
            problems.add(
                    binary
                            ? "it holds the labels " + shown
                                    + ", and a binary segmentation holds 1 inside its object and 0 outside"
                            : "no object of the configuration has the labels " + shown);
        }
        return problems;
    }
}
