package org.copick.cli.project;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.copick.CopickContext;
import org.copick.cli.options.OptionNumber;
import org.copick.cli.output.CommandFailure;
import org.copick.cli.output.ExitStatus;
import org.copick.cli.output.OutputFile;
import org.copick.config.ObjectDefinition;
import org.copick.config.ProjectConfig;
import org.copick.internal.json.JsonTree;
import org.copick.layout.LayoutBackendProvider;
import org.copick.portal.PortalDatasets;
import org.copick.storage.StoreAddress;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code copick config}. */
@Command(
        name = "config",
        description = "Write configurations of projects.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  copick config filesystem --overlay-root other --config other.json",
            "  copick config dataportal -ds 10301 --overlay mine --output portal.json",
            "  copick config filesystem --help"
        },
        subcommands = {ConfigCommand.Filesystem.class, ConfigCommand.DataPortal.class})
public final class ConfigCommand implements Runnable {
    @CommandLine.Spec
    private CommandLine.Model.@Nullable CommandSpec spec;

    ConfigCommand() {}

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                Objects.requireNonNull(spec).commandLine(),
                "say which configuration to write: filesystem or dataportal");
    }

    /** The command {@code copick config filesystem}. */
    @Command(
            name = "filesystem",
            description = {
                "Write the configuration of a project on disk or in an object store.",
                "A file with credentials, such as a key or token, is readable by its owner only."
            },
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "Examples:",
                "  copick config filesystem --overlay-root other --config other.json",
                "  copick config filesystem --overlay-root mine --config mine.json \\",
                "      --static-root s3://bucket/shared --objects ribosome,true,150"
            })
    static final class Filesystem implements Callable<Integer> {
        private static final ObjectMapper MAPPER = new ObjectMapper();

        @CommandLine.Spec
        private CommandLine.Model.@Nullable CommandSpec spec;

        @Option(
                names = "--overlay-root",
                required = true,
                paramLabel = "URL",
                description = "Writable root, as a folder or URL (required).")
        private String overlayRoot = "";

        @Option(
                names = "--static-root",
                paramLabel = "URL",
                description = "Read-only root below the writable one, as a folder or URL (default: none).")
        private @Nullable String staticRoot;

        @Option(
                names = "--overlay-fs-args",
                paramLabel = "JSON",
                description = "Storage options of the writable root, as a JSON object with fsspec's names (default:"
                        + " auto_mkdir on disk, else none).")
        private @Nullable String overlayFsArgs;

        @Option(
                names = "--static-fs-args",
                paramLabel = "JSON",
                description =
                        "Storage options of the read-only root, like --overlay-fs-args (default: auto_mkdir on disk,"
                                + " else none).")
        private @Nullable String staticFsArgs;

        @Option(
                names = "--static-index",
                description = "List the read-only root by its index, which copick index writes (default: list the"
                        + " storage, except on web servers).")
        private boolean staticIndex;

        @Option(
                names = "--layer",
                paramLabel = "NAME=URL",
                description =
                        "Read-only layer below the writable one; repeatable, highest precedence first (default: none)."
                                + " Python copick uses the first as its static root, or the one that --static-root"
                                + " names.")
        private List<String> layers = new ArrayList<>();

        @Option(
                names = "--objects",
                paramLabel = "NAME,IS_PARTICLE[,RADIUS[,PDB]]",
                description =
                        "Object of the project, with its radius in Å; repeatable, labels count from 1 (default: none).")
        private List<String> objects = new ArrayList<>();

        @Option(
                names = "--config",
                defaultValue = "config.json",
                paramLabel = "FILE",
                description = "Configuration file to write (default: ${DEFAULT-VALUE}).")
        private Path file = Path.of("config.json");

        @Option(
                names = "--proj-name",
                defaultValue = "project",
                paramLabel = "TEXT",
                description = "Name of the project (default: ${DEFAULT-VALUE}).")
        private String name = "";

        @Option(
                names = "--proj-description",
                defaultValue = "",
                paramLabel = "TEXT",
                description = "Description of the project (default: empty).")
        private String description = "";

        @Option(
                names = "--user-id",
                paramLabel = "USER",
                description = "User id of new annotations (default: none; commands use copick).")
        private @Nullable String user;

        @Option(names = "--overwrite", negatable = true, description = "Replace an existing file (default: refuse).")
        private boolean overwrite;

        @Override
        public Integer call() throws IOException {
            if (staticIndex && (staticRoot == null || !layers.isEmpty())) {
                throw new CommandLine.ParameterException(
                        Objects.requireNonNull(spec).commandLine(),
                        "--static-index needs --static-root, and no --layer; for a layer, write read_only and"
                                + " static_index into the configuration");
            }
            ObjectNode json = MAPPER.createObjectNode();
            json.put("config_type", ProjectConfig.FILESYSTEM);
            json.put("name", name);
            json.put("description", description);
            json.put("version", "1.31.0");
            var definitions = json.putArray("pickable_objects");
            for (int i = 0; i < objects.size(); i++) {
                definitions.add(
                        JsonTree.readExactly(definition(objects.get(i), i + 1).toJson()));
            }
            json.put("user_id", user);
            json.put("overlay_root", root(overlayRoot));
            json.set("overlay_fs_args", arguments("--overlay-fs-args", overlayFsArgs, overlayRoot));
            addLayers(json);
            if (staticRoot != null) {
                json.put("static_root", root(staticRoot));
                json.set("static_fs_args", arguments("--static-fs-args", staticFsArgs, staticRoot));
            }
            if (staticIndex) {
                json.put("static_index", true);
            }
            ProjectConfig config = ProjectConfig.parse(json.toString(), "from the command line");
            write(config, file, overwrite);
            Objects.requireNonNull(spec).commandLine().getOut().println(file);
            return ExitStatus.DONE;
        }

        private void addLayers(ObjectNode json) {
            if (layers.isEmpty()) {
                return;
            }
            var rows = json.putArray("layers");
            rows.addObject().put("name", LayoutBackendProvider.OVERLAY).put("root", root(overlayRoot));
            for (String layer : layers) {
                int split = layer.indexOf('=');
                if (split <= 0 || split == layer.length() - 1) {
                    throw new CommandFailure(
                            "invalid layer \"" + layer + "\"; write NAME=URL, such as team=/data/team");
                }
                String url = layer.substring(split + 1);
                rows.addObject().put("name", layer.substring(0, split)).put("root", root(url));
                staticRoot = staticRoot == null ? url : staticRoot;
            }
        }

        private static ObjectDefinition definition(String text, int label) {
            String[] parts = text.split(",", -1);
            String particle = parts.length < 2 ? "" : parts[1].strip().toLowerCase(Locale.ROOT);
            boolean isParticle = particle.equals("true") || particle.equals("1") || particle.equals("yes");
            if (parts.length < 2
                    || parts.length > 4
                    || !(isParticle || particle.equals("false") || particle.equals("0") || particle.equals("no"))) {
                throw new CommandFailure("invalid object \"" + text
                        + "\"; write NAME,IS_PARTICLE[,RADIUS[,PDB]], such as ribosome,true,120");
            }
            ObjectDefinition.Builder builder =
                    ObjectDefinition.builder(parts[0].strip(), isParticle).label(label);
            if (parts.length > 2 && !parts[2].isBlank()) {
                try {
                    builder.radius(new OptionNumber.Positive().convert(parts[2].strip()));
                } catch (CommandLine.TypeConversionException e) {
                    throw new CommandFailure("the radius of \"" + text + "\" is invalid: " + e.getMessage(), e);
                }
            }
            if (parts.length > 3 && !parts[3].isBlank()) {
                builder.pdbId(parts[3].strip());
            }
            return builder.build();
        }

        private static JsonNode arguments(String option, @Nullable String json, String root) {
            if (json == null) {
                boolean local = !root.contains("://") || root.startsWith("local:") || root.startsWith("file:");
                ObjectNode usual = MAPPER.createObjectNode();
                return local ? usual.put("auto_mkdir", true) : usual;
            }
            try {
                if (MAPPER.readTree(json) instanceof ObjectNode object) {
                    return object;
                }
            } catch (JsonProcessingException e) {
                // the message must not show the text, which may hold secrets
            }
            throw new CommandFailure(option + " is not a JSON object");
        }
    }

    /** The command {@code copick config dataportal}. */
    @Command(
            name = "dataportal",
            description = {
                "Write the configuration of datasets of the CryoET Data Portal.",
                "The project has every object that the datasets annotate. Costs one request."
            },
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "Examples:",
                "  copick config dataportal -ds 10301 --overlay mine --output portal.json",
                "  copick config dataportal -ds 10301 -ds 10302 --overlay s3://bucket/mine"
            })
    static final class DataPortal implements Callable<Integer> {
        @CommandLine.Spec
        private CommandLine.Model.@Nullable CommandSpec spec;

        @Option(
                names = {"-ds", "--dataset-id"},
                required = true,
                paramLabel = "ID",
                description = "Id of a dataset in the portal; repeatable (required).")
        private List<Long> datasets = new ArrayList<>();

        @Option(
                names = "--overlay",
                required = true,
                paramLabel = "URL",
                description = "Writable root, as a folder or URL (required).")
        private String overlay = "";

        @Option(
                names = {"--output", "--config"},
                defaultValue = "config.json",
                paramLabel = "FILE",
                description = "Configuration file to write (default: ${DEFAULT-VALUE}).")
        private Path file = Path.of("config.json");

        @Option(names = "--overwrite", negatable = true, description = "Replace an existing file (default: refuse).")
        private boolean overwrite;

        @Override
        public Integer call() {
            boolean local = !overlay.contains("://");
            ProjectConfig config =
                    PortalDatasets.config(datasets, root(overlay), local ? Map.of("auto_mkdir", true) : Map.of());
            write(config, file, overwrite);
            Objects.requireNonNull(spec).commandLine().getOut().println(file);
            return ExitStatus.DONE;
        }
    }

    /** Returns a root as Python writes it: local ones are absolute and have a scheme. */
    private static String root(String given) {
        if (given.contains("://")) {
            new StoreAddress(given, Map.of(), null); // credentials inside a URL are refused, not saved
        } else {
            // invalid folder names are refused before the path is made absolute
            try (CopickContext context = CopickContext.builder().build()) {
                context.store(given).close();
            }
        }
        return given.contains("://") || given.startsWith("~")
                ? given
                : "local://" + Path.of(given).toAbsolutePath().normalize();
    }

    private static void write(ProjectConfig config, Path file, boolean overwrite) {
        OutputFile usual = OutputFile.inNewFolder(file);
        OutputFile output = config.holdsSecrets() ? usual.ownerOnly() : usual;
        byte[] json = config.toJson().getBytes(StandardCharsets.UTF_8);
        OutputFile.Content content = out -> out.write(json);
        if (overwrite) {
            output.replace(content);
        } else {
            output.create(content, "--overwrite replaces it");
        }
    }
}
