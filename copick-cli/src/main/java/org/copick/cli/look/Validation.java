package org.copick.cli.look;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.copick.Annotation;
import org.copick.Entity;
import org.copick.Features;
import org.copick.Filaments;
import org.copick.LayerScope;
import org.copick.Mesh;
import org.copick.PickableObject;
import org.copick.Picks;
import org.copick.Root;
import org.copick.Run;
import org.copick.Segmentation;
import org.copick.Tomogram;
import org.copick.Volume;
import org.copick.VoxelSpacing;
import org.copick.cli.options.WalkOptions;
import org.copick.cli.output.FailureMessage;
import org.copick.cli.output.ItemListener;
import org.copick.cli.walk.EntityWalk;
import org.copick.cli.walk.Unlisted;
import org.copick.cli.walk.VolumeCheck;
import org.copick.entity.EntityKey;
import org.copick.entity.HiddenEntity;
import org.copick.entity.Layer;
import org.copick.entity.SegmentationType;
import org.copick.entity.UnparsableName;
import org.copick.error.CopickException;
import org.copick.error.OperationInterruptedException;
import org.copick.layout.RootIndex;
import org.copick.picks.Filament;
import org.copick.picks.PicksDocument;
import org.copick.storage.ObjectStore;
import org.copick.zarr.MarkedImage;

/** A walk through a project that reports everything readers would fail on. */
final class Validation {
    /** A problem at a location. */
    record Problem(String location, String text) {}

    private final Root root;
    private final boolean readsVoxels;
    private final boolean repairs;
    private final VolumeCheck volumes;
    private final List<Problem> repaired = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private final Set<Problem> known = new HashSet<>();
    private final Unlisted unlisted = new Unlisted();
    private int checkedRuns;
    private int checkedEntities;

    /**
     * Prepares a walk.
     *
     * @param root the project with all layers, shadowed entities included
     * @param readsVoxels whether to decode all chunks
     * @param repairs whether to delete or complete what interrupted writers left
     */
    Validation(Root root, boolean readsVoxels, boolean repairs) {
        this.root = root;
        this.readsVoxels = readsVoxels;
        this.repairs = repairs;
        this.volumes = new VolumeCheck(this::attempt, this::report, readsVoxels);
    }

    List<Problem> run(WalkOptions project, ItemListener progress) {
        LayerScope scope = project.scope(root, this::failed);
        List<Entity> entities = new ArrayList<>();
        if (project.shard().isFirst()) {
            definitions();
            skipped(root.unparsableNames());
        }
        for (Run run : project.runs(root)) {
            checkedRuns++;
            goneRun(run);
            entities.addAll(EntityWalk.of(run, this::attempt));
            attempt(run.location(), () -> {
                skipped(run.unparsableNames());
                run.voxelSpacings()
                        .forEach(spacing -> attempt(spacing.location(), () -> skipped(spacing.unparsableNames())));
            });
        }
        checkedEntities = entities.size();
        int done = 0;
        for (Entity entity : entities) {
            HostileName.of(entity.key()).ifPresent(problem -> report(entity.location(), problem));
            attempt(entity.location(), () -> check(entity));
            EntityWalk.forget(entity);
            progress.done(++done, entities.size());
        }
        if (scope.densityMaps()) {
            root.objects().forEach(this::densityMap);
        }
        for (HiddenEntity hidden : root.hidden(scope)) {
            attempt(hidden.location(), () -> {
                if (!root.hidesAnything(hidden)) {
                    report(hidden.location(), "hides nothing, because no layer below has it; it can be deleted");
                }
            });
        }
        for (Layer layer : root.layers()) {
            attempt(layer.location(), () -> root.store(layer).ifPresent(store -> leftovers(layer, store, scope)));
            if (project.isWholeOrFirst()) {
                String index = layer.location() + "/" + RootIndex.KEY;
                attempt(index, () -> IndexCheck.problem(root, layer).ifPresent(problem -> report(index, problem)));
            }
        }
        return problems;
    }

    /** Returns the repaired problems; complete after {@link #run}. */
    List<Problem> repaired() {
        return repaired;
    }

    /** Describes the extent of the walk; known after {@link #run}. */
    String checked() {
        return counted(checkedRuns, "run", "runs") + ", "
                + counted(checkedEntities, "entity", "entities") + " and "
                + counted(root.objects().size(), "object", "objects") + " of "
                + counted(root.layers().size(), "layer", "layers")
                + (readsVoxels ? "; every voxel was read" : "; voxels were not read");
    }

    private static String counted(int count, String one, String several) {
        return count + " " + (count == 1 ? one : several);
    }

    private void definitions() {
        root.objects()
                .forEach(object -> HostileName.of(new EntityKey.DensityMap(object.name()))
                        .ifPresent(problem -> report("configuration", "the object " + object.name() + ": " + problem)));
        Set<String> names = new HashSet<>();
        Map<Long, String> labels = new HashMap<>();
        for (PickableObject object : root.objects()) {
            if (!names.add(object.name())) {
                report("configuration", "the object " + object.name() + " is defined twice; the first one counts");
                continue;
            }
            object.label().ifPresent(label -> {
                String other = labels.putIfAbsent(label, object.name());
                if (other != null) {
                    report("configuration", other + " and " + object.name() + " have the same label " + label);
                }
            });
        }
    }

    /** Reports a folder for a run of the CryoET Data Portal, whose ids may change, that the datasets do not have. */
    private void goneRun(Run run) {
        boolean isId = run.name().chars().allMatch(c -> c >= '0' && c <= '9');
        if (isId
                && root.config().configType().equals("cryoet_data_portal")
                && !run.metadata().containsKey("portal_run_id")) {
            report(
                    run.location(),
                    "the portal's datasets have no run " + run.name()
                            + "; move its contents to the run that replaces it");
        }
    }

    private void skipped(List<UnparsableName> names) {
        names.forEach(name -> report(name.location(), "skipped: " + name.reason()));
    }

    private void check(Entity entity) {
        if (entity instanceof Tomogram tomogram) {
            Volume volume = tomogram.volume();
            volumes.spacing(tomogram.location(), volume, tomogram.voxelSize());
            volumes.shape(tomogram.location(), volume, 0, "a tomogram has z, y and x");
            volumes.readable(tomogram.location(), volume);
        } else if (entity instanceof Features features) {
            Volume volume = features.volume();
            volumes.spacing(features.location(), volume, features.voxelSize());
            volumes.shape(features.location(), volume, 1, "features have z, y and x, or one axis before these");
            volumes.readable(features.location(), volume);
        } else if (entity instanceof Segmentation segmentation) {
            check(segmentation);
        } else if (entity instanceof Picks picks) {
            check(picks);
        } else if (entity instanceof Filaments filaments) {
            knownObject(filaments);
            identity(
                    filaments,
                    filaments.document().objectName(),
                    filaments.document().userId(),
                    filaments.document().sessionId());
            checkCurves(filaments);
            for (long id : filaments.document().staleCurves()) {
                report(filaments.location(), "the curve of filament " + id + " does not describe its points any more");
            }
        } else if (entity instanceof Mesh mesh) {
            knownObject(mesh);
            mesh.scene().findings().forEach(finding -> report(mesh.location(), finding));
        }
    }

    private void checkCurves(Filaments filaments) {
        for (Filament filament : filaments.document().filaments()) {
            if (filament.curve() != null
                    && filament.curve().controlPoints().firstNotFinite().isPresent()) {
                report(
                        filaments.location(),
                        "the curve of filament " + filament.instanceId()
                                + " has control points with coordinates that are not finite");
            }
        }
    }

    private void check(Segmentation segmentation) {
        Volume volume = segmentation.volume();
        if (segmentation.type() == SegmentationType.BINARY || segmentation.type() == SegmentationType.INSTANCE) {
            knownObject(segmentation);
        }
        volumes.spacing(segmentation.location(), volume, segmentation.voxelSize());
        boolean panoptic = segmentation.type() == SegmentationType.PANOPTIC;
        volumes.shape(
                segmentation.location(),
                volume,
                panoptic ? 1 : 0,
                panoptic ? "a panoptic segmentation has 2, z, y and x" : "a segmentation has z, y and x");
        volumes.readable(segmentation.location(), volume);
        if (readsVoxels && !volume.levels().isEmpty()) {
            for (String problem : LabelProblems.of(segmentation)) {
                report(segmentation.location(), problem);
            }
        }
    }

    private void check(Picks picks) {
        knownObject(picks);
        PicksDocument document = picks.document();
        identity(picks, document.objectName(), document.userId(), document.sessionId());
        double[] xyz = document.positions();
        Optional<double[]> extent = extent(picks.run());
        int notFinite = 0;
        int outside = 0;
        for (int i = 0; i < xyz.length; i += 3) {
            boolean finite = Double.isFinite(xyz[i] + xyz[i + 1] + xyz[i + 2]);
            notFinite += finite ? 0 : 1;
            outside += finite && extent.isPresent() && isOutside(xyz, i, extent.get()) ? 1 : 0;
        }
        if (notFinite > 0) {
            report(picks.location(), points(notFinite) + " with coordinates that are not finite");
        } else if (document.firstNotFinite().isPresent()) {
            report(
                    picks.location(),
                    "the transform of point " + document.firstNotFinite().getAsInt() + " is not finite");
        }
        if (outside > 0) {
            double[] size = extent.orElseThrow();
            report(
                    picks.location(),
                    points(outside) + " outside the run's largest tomogram, whose size x, y, z is "
                            + String.format(Locale.ROOT, "%.3f, %.3f, %.3f Å", size[0], size[1], size[2]));
        }
    }

    private static String points(int count) {
        return count + (count == 1 ? " point" : " points");
    }

    private static boolean isOutside(double[] xyz, int at, double[] extent) {
        for (int axis = 0; axis < 3; axis++) {
            if (xyz[at + axis] < 0 || xyz[at + axis] > extent[axis]) {
                return true;
            }
        }
        return false;
    }

    /** Returns the largest extent x, y, z of the run's tomograms in Å; empty without a readable tomogram. */
    private Optional<double[]> extent(Run run) {
        double[] largest = new double[3];
        for (VoxelSpacing spacing : run.voxelSpacings()) {
            attempt(spacing.location(), () -> {
                for (Tomogram tomogram : spacing.tomograms()) {
                    long[] shape = shape(tomogram);
                    for (int i = 0; i < 3; i++) {
                        largest[i] = Math.max(largest[i], shape[2 - i] * spacing.voxelSize());
                    }
                }
            });
        }
        return largest[0] == 0 ? Optional.empty() : Optional.of(largest);
    }

    /** Returns the shape z, y, x; zeros for an unreadable tomogram, which its own check reports. */
    private static long[] shape(Tomogram tomogram) {
        try {
            long[] shape = tomogram.volume().levels().isEmpty()
                    ? new long[3]
                    : tomogram.volume().level(0).shape();
            return shape.length == 3 ? shape : new long[3];
        } catch (CopickException e) {
            return new long[3];
        }
    }

    private void knownObject(Annotation annotation) {
        if (root.findObject(annotation.objectName()).isEmpty()) {
            report(annotation.location(), "no object of the configuration is called " + annotation.objectName());
        }
    }

    private void identity(Annotation annotation, String object, String user, String session) {
        if (!annotation.objectName().equals(object)
                || !annotation.userId().equals(user)
                || !annotation.sessionId().equals(session)) {
            report(
                    annotation.location(),
                    "the document is of " + object + ":" + user + "/" + session
                            + ", but the file name differs; Python would save changes under the name in the document");
        }
    }

    private void densityMap(PickableObject object) {
        attempt(
                "the density map of " + object.name(),
                () -> object.findDensityMap().ifPresent(map -> {
                    volumes.shape(map.location(), map, 0, "a density map has z, y and x");
                    volumes.readable(map.location(), map);
                }));
    }

    /** Reports what interrupted writers left, and deletes or completes it if this walk repairs. */
    private void leftovers(Layer layer, ObjectStore store, LayerScope scope) {
        Leftovers leftovers = new Leftovers(store, scope, this::attempt);
        leftovers.find();
        for (String staged : leftovers.staged()) {
            String folder = layer.location() + "/" + staged.substring(0, staged.length() - 1);
            attempt(folder, () -> staged(leftovers, layer, staged, folder));
        }
        for (String image : leftovers.marked()) {
            String location = layer.location() + "/" + image;
            attempt(
                    location,
                    () -> leftovers.mark(image).ifPresent(mark -> marked(leftovers, layer, image, location, mark)));
        }
    }

    private void marked(Leftovers leftovers, Layer layer, String image, String location, MarkedImage mark) {
        if (mark.isIncomplete()) {
            report(location, "is being written, or was left unfinished; write it again");
        } else if (!mark.isAbandoned()) {
            report(
                    location,
                    "is being replaced, or its writer was interrupted on another machine; copick validate --repair"
                            + " completes it when the writer has been silent for an hour");
        } else if (repairs && !layer.readOnly()) {
            if (leftovers.finish(image)) {
                repaired.add(new Problem(location, "was being replaced by a writer that was interrupted; completed"));
            }
        } else {
            report(
                    location,
                    "was being replaced by a writer that was interrupted; "
                            + (layer.readOnly()
                                    ? "a program with write access there can complete it"
                                    : "copick validate --repair completes it"));
        }
    }

    private void staged(Leftovers leftovers, Layer layer, String staged, String folder) {
        if (!leftovers.isAbandoned(staged)) {
            report(
                    folder,
                    leftovers.isRunning(staged)
                            ? "is being written by a running program"
                            : "left by a writer that was interrupted, or in use on another machine; copick validate"
                                    + " --repair deletes it when nothing has been written for an hour");
        } else if (repairs && !layer.readOnly()) {
            leftovers.delete(staged);
            repaired.add(new Problem(folder, "left by a writer that was interrupted; deleted"));
        } else {
            report(
                    folder,
                    "left by a writer that was interrupted; "
                            + (layer.readOnly() ? "it can be deleted" : "copick validate --repair deletes it"));
        }
    }

    private void attempt(String location, Runnable action) {
        try {
            action.run();
        } catch (OperationInterruptedException e) {
            throw e;
        } catch (CopickException | OutOfMemoryError e) {
            failed(location, e);
        }
    }

    private void failed(String location, Throwable failure) {
        String message = FailureMessage.of(failure);
        if (unlisted.isNew(message)) {
            report(location, withoutLocation(location, message));
        }
    }

    /** Removes the location from the start of a message, because the list of problems prints it first. */
    private static String withoutLocation(String location, String message) {
        return message.startsWith(location + ": ") ? message.substring(location.length() + 2) : message;
    }

    private void report(String location, String text) {
        Problem problem = new Problem(location, text);
        if (known.add(problem)) {
            problems.add(problem);
        }
    }
}
