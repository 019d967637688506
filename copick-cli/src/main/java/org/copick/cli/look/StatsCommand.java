package org.copick.cli.look;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.copick.Annotation;
import org.copick.AnnotationFilter;
import org.copick.CopickContext;
import org.copick.Mesh;
import org.copick.Picks;
import org.copick.Root;
import org.copick.Run;
import org.copick.Segmentation;
import org.copick.cli.options.MetadataOptions;
import org.copick.cli.options.OptionNumber;
import org.copick.cli.options.SegmentationTypes;
import org.copick.cli.options.ShardParts;
import org.copick.cli.options.WalkOptions;
import org.copick.cli.output.ExitStatus;
import org.copick.cli.output.JsonText;
import org.copick.cli.output.Progress;
import org.copick.cli.walk.Attempts;
import org.copick.cli.walk.Unread;
import org.copick.entity.EntityKind;
import org.copick.entity.SegmentationType;
import org.copick.error.CopickException;
import org.copick.error.OperationInterruptedException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code copick stats}, which counts picks, meshes and segmentations by user, session and object. */
@Command(
        name = "stats",
        description = "Count picks, meshes or segmentations by user, session and object.",
        mixinStandardHelpOptions = true,
        footer = {"", "Examples:", "  copick stats picks", "  copick stats segmentations --segmentation-type all"},
        subcommands = {StatsCommand.OfPicks.class, StatsCommand.OfMeshes.class, StatsCommand.OfSegmentations.class})
public final class StatsCommand implements Runnable {
    @CommandLine.Spec
    private CommandLine.Model.@Nullable CommandSpec spec;

    StatsCommand() {}

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                Objects.requireNonNull(spec).commandLine(), "say what to count: picks, meshes or segmentations");
    }

    /** Common parts of the three subcommands; the JSON has the field names of Python's command. */
    private abstract static sealed class Counting implements Callable<Integer> {
        @CommandLine.Spec
        CommandLine.Model.@Nullable CommandSpec spec;

        @Mixin
        WalkOptions project = new WalkOptions();

        @Option(names = "--user-id", paramLabel = "USER", description = "User id to count; repeatable (default: all).")
        List<String> users = new ArrayList<>();

        @Option(
                names = "--session-id",
                paramLabel = "SESSION",
                description = "Session id to count; repeatable (default: all).")
        List<String> sessions = new ArrayList<>();

        @Option(
                names = {"--object-name", "--name"},
                paramLabel = "NAME",
                description = "Object or segmentation name to count; repeatable (default: all).")
        List<String> names = new ArrayList<>();

        @Option(names = "--json", description = "Print JSON (default: text).")
        boolean json;

        @Option(
                names = "--merge",
                arity = "1..*",
                paramLabel = "FILE",
                description = "Files with the JSON of all shares, to add up instead of counting (default: count).")
        List<Path> parts = new ArrayList<>();

        @Option(
                names = "--output",
                defaultValue = "table",
                paramLabel = "table|json",
                hidden = true,
                description = "Output format, as in Python: table or json (default: table).")
        String output = "table";

        @Option(
                names = "--runs",
                paramLabel = "RUN[,RUN]",
                hidden = true,
                description = "Like --run-names, as in Python.")
        void addRuns(List<String> names) {
            project.addRuns(names);
        }

        @Option(
                names = "--parallel",
                negatable = true,
                hidden = true,
                description = "Parallel reads in Python's copick. Accepted and ignored: reads are always parallel.")
        void ignoreParallel(boolean ignored) {}

        /** Returns a filter with the conditions on metadata, which not all kinds have. */
        AnnotationFilter described(Root root, AnnotationFilter filter) {
            return filter;
        }

        /** Returns the field of the JSON with the total of what is counted. */
        abstract String total();

        abstract ObjectNode count(List<Run> runs, AnnotationFilter filter, Attempts attempts);

        @Override
        public Integer call() throws Exception {
            CommandLine commandLine = Objects.requireNonNull(spec).commandLine();
            if (!output.equals("table") && !output.equals("json")) {
                throw new CommandLine.ParameterException(commandLine, "--output is table or json");
            }
            if (!parts.isEmpty()) {
                requireOnlyParts(commandLine);
                show(
                        StatsMerge.of(parts, total(), "copick stats " + commandLine.getCommandName()),
                        commandLine.getOut());
                return ExitStatus.DONE;
            }
            AnnotationFilter filter = AnnotationFilter.any();
            filter = users.isEmpty() ? filter : filter.users(users.toArray(String[]::new));
            filter = sessions.isEmpty() ? filter : filter.sessions(sessions.toArray(String[]::new));
            filter = names.isEmpty() ? filter : filter.objects(names.toArray(String[]::new));
            Unread unread = new Unread(commandLine.getErr());
            try (Progress progress = Progress.on(commandLine.getErr());
                    CopickContext context =
                            CopickContext.builder().listener(progress).build();
                    Root root = project.open(context)) {
                ObjectNode counts = count(project.runs(root), described(root, filter), unread);
                if (!project.shard().isWhole()) {
                    counts.put(ShardParts.FIELD, project.shard().toString());
                }
                show(counts, commandLine.getOut());
            }
            return unread.status();
        }

        /** Refuses options that select what to count, which the parts already did. */
        private void requireOnlyParts(CommandLine commandLine) {
            if (project.namesRuns()
                    || !project.shard().isWhole()
                    || !users.isEmpty()
                    || !sessions.isEmpty()
                    || !names.isEmpty()) {
                throw new CommandLine.ParameterException(
                        commandLine, "--merge adds up files and reads no project; give it only files and --json");
            }
        }

        private void show(ObjectNode counts, PrintWriter out) {
            if (json || output.equals("json")) {
                JsonText.print(out, counts);
            } else {
                StatsText.print(counts, out);
            }
        }
    }

    /** The command {@code copick stats picks}. */
    @Command(
            name = "picks",
            description = "Count picked points.",
            mixinStandardHelpOptions = true,
            footer = {"", "Examples:", "  copick stats picks", "  copick stats picks --object-name ribosome --json"})
    static final class OfPicks extends Counting {
        /** Largest number of documents in memory at a time. */
        private static final int AT_ONCE = 256;

        @Mixin
        private MetadataOptions metadata = new MetadataOptions();

        @Override
        AnnotationFilter described(Root root, AnnotationFilter filter) {
            return filter.metadata(metadata.filter(root, EntityKind.PICKS));
        }

        @Override
        String total() {
            return "total_picks";
        }

        @Override
        ObjectNode count(List<Run> runs, AnnotationFilter filter, Attempts attempts) {
            Distribution byRun = new Distribution();
            Distribution byUser = new Distribution();
            Distribution bySession = new Distribution();
            Distribution byObject = new Distribution();
            long points = 0;
            long files = 0;
            List<Picks> found = new ArrayList<>();
            runs.forEach(run -> attempts.attempt(run.location(), () -> found.addAll(run.picks(filter))));
            for (Map.Entry<Picks, Integer> read : sizes(found, attempts).entrySet()) {
                Picks picks = read.getKey();
                long size = read.getValue();
                points += size;
                files++;
                byRun.add(picks.run().name(), size);
                byUser.add(picks.userId(), size);
                bySession.add(picks.sessionId(), size);
                byObject.add(picks.objectName(), size);
            }
            ObjectNode counts = new ObjectMapper().createObjectNode();
            counts.put(total(), points);
            counts.put("total_pick_files", files);
            byRun.put(counts, "distribution_by_run");
            byUser.put(counts, "distribution_by_user");
            bySession.put(counts, "distribution_by_session");
            byObject.put(counts, "distribution_by_object");
            return counts;
        }

        /** Returns the number of points of all readable picks. */
        private static Map<Picks, Integer> sizes(List<Picks> found, Attempts attempts) {
            Map<Picks, Integer> sizes = new LinkedHashMap<>();
            for (int from = 0; from < found.size(); from += AT_ONCE) {
                List<Picks> batch = found.subList(from, Math.min(found.size(), from + AT_ONCE));
                // loads in parallel; the loop below reads failed ones again and reports them
                try {
                    Picks.load(batch);
                } catch (OperationInterruptedException e) {
                    throw e;
                } catch (CopickException | OutOfMemoryError e) {
                    batch.forEach(Picks::refresh);
                }
                for (Picks picks : batch) {
                    attempts.attempt(
                            picks.location(),
                            () -> sizes.put(picks, picks.document().size()));
                    picks.refresh();
                }
            }
            return sizes;
        }
    }

    /** The command {@code copick stats meshes}. */
    @Command(
            name = "meshes",
            description = "Count meshes.",
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "Examples:",
                "  copick stats meshes",
                "  copick stats meshes --object-name membrane --user-id membrain"
            })
    static final class OfMeshes extends Counting {
        @Override
        String total() {
            return "total_meshes";
        }

        @Override
        ObjectNode count(List<Run> runs, AnnotationFilter filter, Attempts attempts) {
            Distribution byUser = new Distribution();
            Distribution bySession = new Distribution();
            Distribution byObject = new Distribution();
            Distribution combined = new Distribution();
            List<Mesh> found = new ArrayList<>();
            runs.forEach(run -> attempts.attempt(run.location(), () -> found.addAll(run.meshes(filter))));
            long meshes = found.size();
            for (Mesh mesh : found) {
                byUser.add(mesh.userId(), 1);
                bySession.add(mesh.sessionId(), 1);
                byObject.add(mesh.objectName(), 1);
                combined.add(combination(mesh), 1);
            }
            ObjectNode counts = new ObjectMapper().createObjectNode();
            counts.put(total(), meshes);
            byUser.put(counts, "distribution_by_user");
            bySession.put(counts, "distribution_by_session");
            byObject.put(counts, "distribution_by_object");
            combined.put(counts, "session_user_object_combinations");
            return counts;
        }
    }

    /** The command {@code copick stats segmentations}. */
    @Command(
            name = "segmentations",
            description = {
                "Count segmentations.",
                "Counts binary and multilabel segmentations; --segmentation-type selects others."
            },
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "Examples:",
                "  copick stats segmentations",
                "  copick stats segmentations --segmentation-type all --voxel-size 10"
            })
    static final class OfSegmentations extends Counting {
        @Option(
                names = "--voxel-size",
                converter = OptionNumber.Positive.class,
                paramLabel = "Å",
                description = "Voxel size to count, in Å (default: all).")
        private @Nullable Double voxelSize;

        @Option(
                names = "--multilabel",
                negatable = true,
                description = "Count only multilabel segmentations; --no-multilabel only others (default: both).")
        private @Nullable Boolean multilabel;

        @Option(
                names = "--segmentation-type",
                paramLabel = "TYPE",
                description = "Type to count: binary, multilabel, instance, panoptic or all (default: binary and"
                        + " multilabel).")
        private @Nullable String type;

        @Mixin
        private MetadataOptions metadata = new MetadataOptions();

        @Override
        AnnotationFilter described(Root root, AnnotationFilter filter) {
            return filter.metadata(metadata.filter(root, EntityKind.SEGMENTATION));
        }

        @Override
        String total() {
            return "total_segmentations";
        }

        @Override
        ObjectNode count(List<Run> runs, AnnotationFilter filter, Attempts attempts) {
            AnnotationFilter wanted = filter.types(types().toArray(SegmentationType[]::new));
            wanted = voxelSize == null ? wanted : wanted.voxelSize(voxelSize);
            Distribution byUser = new Distribution();
            Distribution bySession = new Distribution();
            Distribution byName = new Distribution();
            Distribution bySize = new Distribution();
            Distribution byMultilabel = new Distribution();
            Distribution byType = new Distribution();
            Distribution combined = new Distribution();
            List<Segmentation> found = new ArrayList<>();
            AnnotationFilter filtered = wanted;
            runs.forEach(run -> attempts.attempt(run.location(), () -> found.addAll(run.segmentations(filtered))));
            for (Segmentation segmentation : found) {
                String many = segmentation.type() == SegmentationType.MULTILABEL ? "True" : "False";
                byUser.add(segmentation.userId(), 1);
                bySession.add(segmentation.sessionId(), 1);
                byName.add(segmentation.name(), 1);
                bySize.add(Double.toString(segmentation.voxelSize()), 1);
                byMultilabel.add(many, 1);
                byType.add(segmentation.type().name().toLowerCase(Locale.ROOT), 1);
                combined.add(combination(segmentation) + "_" + segmentation.voxelSize() + "_" + many, 1);
            }
            ObjectNode counts = new ObjectMapper().createObjectNode();
            counts.put(total(), found.size());
            byUser.put(counts, "distribution_by_user");
            bySession.put(counts, "distribution_by_session");
            byName.put(counts, "distribution_by_name");
            bySize.put(counts, "distribution_by_voxel_size");
            byMultilabel.put(counts, "distribution_by_multilabel");
            byType.put(counts, "distribution_by_type");
            combined.put(counts, "session_user_voxelspacing_multilabel_combinations");
            return counts;
        }

        private Set<SegmentationType> types() {
            Set<SegmentationType> types = SegmentationTypes.wanted(type);
            if (multilabel != null) {
                types.removeIf(t -> (t == SegmentationType.MULTILABEL) != multilabel);
            }
            return types;
        }
    }

    private static String combination(Annotation annotation) {
        return annotation.sessionId() + "_" + annotation.userId() + "_" + annotation.objectName();
    }
}
