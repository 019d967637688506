package org.copick.cli.render;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
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
import org.copick.cli.output.Printable;
import org.copick.cli.walk.Attempts;
import org.copick.cli.walk.EntityWalk;
import org.copick.cli.walk.VolumeCheck;
import org.copick.config.Color;
import org.copick.entity.EntityKind;
import org.copick.entity.SegmentationType;
import org.copick.error.NotFoundException;
import org.copick.error.UnsupportedFeatureException;
import org.jspecify.annotations.Nullable;

/** A drawing of a slice of one entity. */
public final class Rendering {
    /** Radius of objects without one, in voxels. */
    private static final double DEFAULT_RADIUS = 5;

    /** Distance below a voxel, in voxels, that still counts as this voxel. */
    private static final double ROUNDING = 1e-6;

    private final Root root;
    private final Entity entity;
    private final Run run;
    private final Plane plane;
    private final String axis;
    private final SliceImage image;
    private final ObjectColors colors;
    private final Attempts attempts;
    private final Map<String, Color> legend = new LinkedHashMap<>();
    private final Map<Long, String> labels = new HashMap<>();
    private @Nullable Sheet sheet;

    private Rendering(
            Root root,
            Entity entity,
            Run run,
            Plane plane,
            String axis,
            double scale,
            ObjectColors colors,
            Attempts attempts) {
        this.root = root;
        this.entity = entity;
        this.run = run;
        this.plane = plane;
        this.axis = axis;
        this.image = new SliceImage(plane, scale);
        this.colors = colors;
        this.attempts = attempts;
    }

    /**
     * Finds the entity and draws its slice.
     *
     * @param index the index of the slice in voxels; negative for the middle one
     * @param scale pixels per voxel; 0 for a picture of about 640 pixels
     * @param attempts runs reads, now and while drawing, and reports their failures
     * @throws NotFoundException when no entity matches, or several do
     */
    public static Rendering of(
            Root root,
            List<Run> runs,
            String uri,
            String axis,
            long index,
            int levelIndex,
            double scale,
            ObjectColors colors,
            Attempts attempts) {
        Entity chosen = null;
        for (EntityKind kind : List.of(EntityKind.TOMOGRAM, EntityKind.FEATURES, EntityKind.SEGMENTATION)) {
            CopickUri parsed = CopickUri.parse(kind, uri);
            if (kind == EntityKind.FEATURES && !uri.contains(":")) {
                continue;
            }
            for (Run run : runs) {
                for (Entity entity : EntityWalk.matching(run, parsed, attempts)) {
                    if (chosen != null) {
                        boolean inOneRun = EntityWalk.runOf(chosen.key()).equals(EntityWalk.runOf(entity.key()));
                        throw new NotFoundException("\"" + uri + "\" names more than one image: " + chosen + " and "
                                + entity + "; "
                                + (inOneRun
                                        ? "give the URI of one, such as " + EntityWalk.nameOf(chosen)
                                        : "name one run with --run"));
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
            voxelSize = tomogram.voxelSize();
            run = tomogram.voxelSpacing().run();
        } else if (chosen instanceof Features features) {
            volume = features.volume();
            voxelSize = features.voxelSize();
            run = features.tomogram().voxelSpacing().run();
        } else {
            Segmentation segmentation = (Segmentation) chosen;
            volume = segmentation.volume();
            voxelSize = segmentation.voxelSize();
            run = segmentation.run();
        }
        Level level = volume.level(levelIndex);
        Plane plane = Plane.read(level, axis, index, voxelSize * (1L << Math.min(levelIndex, 40)));
        return new Rendering(root, chosen, run, plane, axis, scale, colors, attempts);
    }

    /**
     * Draws picks as circles with their object's radius and colour, and reports picks that cannot be read.
     *
     * @return the number of points whose sphere cuts the plane
     */
    public int drawPicks(String uri) {
        int[] drawn = new int[1];
        for (Entity picks : found(EntityKind.PICKS, "picks", uri)) {
            attempts.attempt(picks.location(), () -> drawn[0] += draw((Picks) picks));
        }
        return drawn[0];
    }

    private int draw(Picks picks) {
        double[] xyz = picks.document().fullPositions();
        Optional<PickableObject> object = root.findObject(picks.objectName());
        double radius = object.map(PickableObject::radius)
                .orElseGet(OptionalDouble::empty)
                .orElse(DEFAULT_RADIUS * plane.voxel()[0]);
        Color color = colors.of(picks.objectName());
        legend.put(picks.objectName(), color);
        int drawn = 0;
        for (int i = 0; i < xyz.length; i += 3) {
            if (image.drawSphere(new double[] {xyz[i + 2], xyz[i + 1], xyz[i]}, radius, color)) {
                drawn++;
            }
        }
        return drawn;
    }

    /** Lays segmentations over the slice in the colours of their objects, and reports those that cannot be read. */
    public void drawSegmentations(String uri) {
        for (Entity segmentation : found(EntityKind.SEGMENTATION, "segmentation", uri)) {
            attempts.attempt(segmentation.location(), () -> draw((Segmentation) segmentation));
        }
    }

    private void draw(Segmentation segmentation) {
        Level level = segmentation.volume().level(0);
        if (!VolumeCheck.isVolume(level, 1)) {
            throw new UnsupportedFeatureException("cannot draw " + segmentation.location() + ": its shape is "
                    + VolumeCheck.describe(level) + "; a segmentation has z, y and x");
        }
        double size = level.scale()
                .map(scale -> scale[scale.length - 3 + plane.axis()])
                .orElse(segmentation.voxelSize());
        // position and size are products of decimal fractions, whose quotient may be just below a whole number
        long index = (long) Math.floor(plane.position() / size + ROUNDING);
        long[] shape = level.shape();
        if (index < shape[shape.length - 3 + plane.axis()]) {
            image.drawLabels(
                    Plane.read(level, axis, index, segmentation.voxelSize()), label -> shown(segmentation, label));
        }
    }

    /** Returns the matching entities of the run; if the run cannot be listed, reports that and returns none. */
    private List<Entity> found(EntityKind kind, String what, String uri) {
        CopickUri wanted = CopickUri.parse(kind, uri);
        List<Entity> found = new ArrayList<>();
        boolean[] listed = new boolean[1];
        attempts.attempt(run.location(), () -> {
            found.addAll(run.match(wanted));
            listed[0] = true;
        });
        if (listed[0] && found.isEmpty()) {
            throw new NotFoundException("no " + what + " \"" + uri + "\" in run \"" + run.name() + "\"");
        }
        return found;
    }

    /** Writes the picture; nothing can be drawn afterwards. */
    public void write(Picture picture, PrintWriter out) {
        picture.write(sheet(), out);
    }

    private Sheet sheet() {
        if (sheet == null) {
            List<String> title = List.of(
                    Printable.line(run.name()),
                    Printable.line(EntityWalk.nameOf(entity)),
                    String.format(Locale.ROOT, "%s = %d (%.1f Å)", axis, plane.index(), plane.position()));
            List<Sheet.Entry> entries = new ArrayList<>();
            legend.forEach((name, color) -> entries.add(new Sheet.Entry(color, Printable.line(name))));
            sheet = new Sheet(image, title, entries);
        }
        return sheet;
    }

    /** Returns a description of the picture: slice, run, size in pixels, and the values shown as black and white. */
    public String describe() {
        return String.format(
                Locale.ROOT,
                "%s = %d of run %s, %d × %d pixels, grey from %.4g to %.4g",
                axis,
                plane.index(),
                run.name(),
                sheet().width(),
                sheet().height(),
                image.low(),
                image.high());
    }

    /** Returns the colour of a label, and adds it to the legend unless it is an instance. */
    private Color shown(Segmentation segmentation, long label) {
        if (segmentation.type() == SegmentationType.INSTANCE) {
            return ObjectColors.ofInstance(label);
        }
        String name = segmentation.type() == SegmentationType.BINARY
                ? segmentation.name()
                : labels.computeIfAbsent(
                        label,
                        wanted -> root.objects().stream()
                                .filter(object -> object.label().equals(OptionalLong.of(wanted)))
                                .map(PickableObject::name)
                                .findFirst()
                                .orElse("label " + wanted));
        return legend.computeIfAbsent(name, colors::of);
    }
}
