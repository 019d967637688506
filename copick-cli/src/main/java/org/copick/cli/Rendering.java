package org.copick.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import org.copick.CopickUri;
import org.copick.Entity;
import org.copick.Features;
import org.copick.Level;
import org.copick.PickableObject;
import org.copick.Picks;
import org.copick.Root;
import org.copick.Run;
import org.copick.Segmentation;
import org.copick.Tomogram;
import org.copick.Volume;
import org.copick.cli.render.Plane;
import org.copick.cli.render.SliceImage;
import org.copick.config.Color;
import org.copick.error.NotFoundException;
import org.copick.spi.EntityKind;
import org.copick.spi.SegmentationType;
import org.jspecify.annotations.Nullable;

/** A slice of one entity of one run, being drawn. */
final class Rendering {
    /** For objects without a radius, in voxels. */
    private static final double DEFAULT_RADIUS = 5;

    private static final Color[] PALETTE = {
        new Color(230, 80, 60, 255),
        new Color(70, 150, 230, 255),
        new Color(90, 190, 90, 255),
        new Color(240, 190, 50, 255),
        new Color(170, 100, 210, 255),
        new Color(60, 200, 200, 255)
    };

    private final Root root;
    private final Run run;
    private final Plane plane;
    private final String axis;
    private final SliceImage image;

    private Rendering(Root root, Run run, Plane plane, String axis) {
        this.root = root;
        this.run = run;
        this.plane = plane;
        this.axis = axis;
        this.image = new SliceImage(plane);
    }

    /**
     * Finds the entity and draws its slice.
     *
     * @param index which plane; negative for the middle one
     * @throws NotFoundException when nothing matches, or entities of several runs do
     */
    static Rendering of(Root root, List<Run> runs, String uri, String axis, long index, int levelIndex) {
        Entity chosen = null;
        for (EntityKind kind : List.of(EntityKind.TOMOGRAM, EntityKind.FEATURES, EntityKind.SEGMENTATION)) {
            CopickUri parsed = CopickUri.parse(kind, uri);
            if (kind == EntityKind.FEATURES && !uri.contains(":")) {
                continue;
            }
            for (Run run : runs) {
                for (Entity entity : run.find(parsed)) {
                    if (chosen != null) {
                        throw new NotFoundException("\"" + uri + "\" names more than one image: " + chosen + " and "
                                + entity + "; narrow it down, for example with --run");
                    }
                    chosen = entity;
                }
            }
            if (chosen != null) {
                break;
            }
        }
        if (chosen == null) {
            throw new NotFoundException("no tomogram, features or segmentation \"" + uri + "\"; copick ls lists them");
        }
        Volume volume;
        double voxelSize;
        Run run;
        if (chosen instanceof Tomogram tomogram) {
            volume = tomogram.volume();
            voxelSize = tomogram.voxelSpacing().voxelSize();
            run = tomogram.voxelSpacing().run();
        } else if (chosen instanceof Features features) {
            volume = features.volume();
            voxelSize = features.tomogram().voxelSpacing().voxelSize();
            run = features.tomogram().voxelSpacing().run();
        } else {
            Segmentation segmentation = (Segmentation) chosen;
            volume = segmentation.volume();
            voxelSize = segmentation.voxelSize();
            run = segmentation.run();
        }
        Level level = volume.level(levelIndex);
        Plane plane = Plane.read(level, axis, index, voxelSize * (1L << Math.min(levelIndex, 40)));
        return new Rendering(root, run, plane, axis);
    }

    /** Draws picks as circles of their object's radius and colour; returns how many cut the plane. */
    int drawPicks(String uri) {
        int drawn = 0;
        List<Entity> found = run.find(CopickUri.parse(EntityKind.PICKS, uri));
        if (found.isEmpty()) {
            throw new NotFoundException("no picks \"" + uri + "\" in run \"" + run.name() + "\"");
        }
        for (Entity entity : found) {
            Picks picks = (Picks) entity;
            Optional<PickableObject> object = root.findObject(picks.objectName());
            double radius = object.flatMap(PickableObject::radius).orElse(DEFAULT_RADIUS * plane.voxel()[0]);
            Color color = object.map(PickableObject::color).orElse(Color.DEFAULT);
            double[] xyz = picks.document().fullPositions();
            for (int i = 0; i < xyz.length; i += 3) {
                if (image.drawSphere(new double[] {xyz[i + 2], xyz[i + 1], xyz[i]}, radius, color)) {
                    drawn++;
                }
            }
        }
        return drawn;
    }

    /** Lays segmentations over the slice, in the colours of their objects. */
    void drawSegmentations(String uri) {
        List<Entity> found = run.find(CopickUri.parse(EntityKind.SEGMENTATION, uri));
        if (found.isEmpty()) {
            throw new NotFoundException("no segmentation \"" + uri + "\" in run \"" + run.name() + "\"");
        }
        for (Entity entity : found) {
            Segmentation segmentation = (Segmentation) entity;
            Level level = segmentation.volume().level(0);
            double size = level.scale()
                    .map(scale -> scale[scale.length - 3 + plane.axis()])
                    .orElse(segmentation.voxelSize());
            long index = (long) Math.floor(plane.position() / size);
            long[] shape = level.shape();
            if (index < shape[shape.length - 3 + plane.axis()]) {
                image.drawLabels(
                        Plane.read(level, axis, index, segmentation.voxelSize()), label -> color(segmentation, label));
            }
        }
    }

    void write(Picture picture, PrintWriter out) {
        image.drawScaleBar();
        picture.write(image, out);
    }

    String describe() {
        return String.format(
                java.util.Locale.ROOT,
                "%s = %d of run %s, %d × %d pixels, grey from %.4g to %.4g",
                axis,
                plane.index(),
                run.name(),
                image.width(),
                image.height(),
                image.low(),
                image.high());
    }

    private @Nullable Color color(Segmentation segmentation, long label) {
        if (segmentation.type() == SegmentationType.BINARY) {
            return segmentation.color();
        }
        if (segmentation.type() == SegmentationType.INSTANCE) {
            return PALETTE[(int) Math.floorMod(label, (long) PALETTE.length)];
        }
        return root.objects().stream()
                .filter(object -> object.label().filter(own -> own == label).isPresent())
                .map(PickableObject::color)
                .findFirst()
                .orElse(PALETTE[(int) Math.floorMod(label, (long) PALETTE.length)]);
    }
}
