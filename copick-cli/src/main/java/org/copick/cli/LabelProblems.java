package org.copick.cli;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.copick.Level;
import org.copick.PickableObject;
import org.copick.Segmentation;
import org.copick.spi.SegmentationType;
import org.copick.zarr.DataType;
import org.copick.zarr.Numbers;

/** What is wrong with the labels of a segmentation. */
final class LabelProblems {
    private LabelProblems() {}

    static List<String> of(Segmentation segmentation) {
        List<String> problems = new ArrayList<>();
        Level level = segmentation.volume().level(0);
        if (level.dataType().isFloat()) {
            problems.add("it holds " + level.dataType() + ", no labels");
            return problems;
        }
        boolean panoptic = segmentation.type() == SegmentationType.PANOPTIC;
        if (level.shape().length != (panoptic ? 4 : 3) || (panoptic && level.shape()[0] != 2)) {
            problems.add("its shape is not " + (panoptic ? "2, z, y, x" : "z, y, x"));
            return problems;
        }
        if (segmentation.type() == SegmentationType.BINARY || segmentation.type() == SegmentationType.INSTANCE) {
            return problems;
        }
        Set<Long> known = new HashSet<>(Set.of(0L));
        for (PickableObject object : segmentation.root().objects()) {
            object.label().ifPresent(known::add);
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
                if (label != last && !known.contains(label)) {
                    unknown.add(label);
                }
                last = label;
            }
        });
        if (!unknown.isEmpty()) {
            List<String> shown = unknown.stream().limit(10).map(type::text).toList();
            problems.add("no object of the configuration has the labels " + String.join(", ", shown)
                    + (unknown.size() > 10 ? " and " + (unknown.size() - 10) + " more" : ""));
        }
        return problems;
    }
}
