package org.copick.cli.output;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.copick.error.AlreadyExistsException;
import org.copick.error.CopickException;
import org.copick.error.CorruptDataException;
import org.copick.error.InvalidConfigException;
import org.copick.error.NotFoundException;
import org.copick.error.ReadOnlyException;
import org.copick.error.UnsupportedFeatureException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Remedies for failures of the library, in terms of options and commands that the library does not know. */
final class Remedy {
    private static final String ANY_LABELS = "--any-labels";
    private static final Pattern NOT_INSTALLED = Pattern.compile(": (?:nothing|no) installed ");
    static final String PLUGINS = "COPICK_PLUGINS or a folder \"plugins\" of the command";
    private static final String PIXEL_SIZE = "--tilt-series-pixel-size";

    /** Options by the part of a message about RELION files that asks for them. */
    private static final List<Map.Entry<String, String>> SIZES = List.of(
            Map.entry("is not known; give it", PIXEL_SIZE),
            Map.entry("give the pixel size", PIXEL_SIZE),
            Map.entry("name the tomograms.star", "--tomograms-star"),
            Map.entry("give the voxel size", "--voxel-size"));

    private Remedy() {}

    /** Returns the end of a message: empty, or a semicolon and the remedy. */
    static String after(CopickException failure, CommandSpec command) {
        String message = String.valueOf(failure.getMessage());
        if (message.contains("--")) {
            return "";
        }
        if (message.endsWith("accept any labels") && command.optionsMap().containsKey(ANY_LABELS)) {
            return " with " + ANY_LABELS;
        }
        if (message.endsWith("from files of their own") && command.optionsMap().containsKey("--run")) {
            return ", each with --run";
        }
        String remedy = null;
        if (failure instanceof AlreadyExistsException) {
            remedy = ofExisting(message, command);
        } else if (failure instanceof ReadOnlyException) {
            remedy = ofReadOnly(message, command);
        } else if (failure instanceof NotFoundException) {
            remedy = ofMissing(message, command);
        } else if (failure instanceof InvalidConfigException
                && NOT_INSTALLED.matcher(message).find()) {
            remedy = "the command looks for its jar in " + PLUGINS;
        } else if (failure instanceof UnsupportedFeatureException || failure instanceof CorruptDataException) {
            remedy = ofUnknownSizes(message, command);
        }
        return remedy == null ? "" : "; " + remedy;
    }

    private static @Nullable String ofExisting(String message, CommandSpec command) {
        if (message.startsWith("the label ")) {
            return command.optionsMap().containsKey("--label")
                    ? "choose another one with --label"
                    : "change one of the two by copick add object --exist-ok --label";
        }
        if (message.contains(" exists already") || message.contains("left unfinished")) {
            for (String name : new String[] {"--overwrite", "--exist-ok"}) {
                OptionSpec option = command.optionsMap().get(name);
                if (option != null) {
                    return name + (command.qualifiedName().startsWith("copick new") ? " accepts it" : " replaces it");
                }
            }
        }
        return null;
    }

    /** Returns the options that supply sizes missing in RELION files, or null. */
    private static @Nullable String ofUnknownSizes(String message, CommandSpec command) {
        String options = SIZES.stream()
                .filter(size ->
                        message.contains(size.getKey()) && command.optionsMap().containsKey(size.getValue()))
                .map(Map.Entry::getValue)
                .distinct()
                .collect(Collectors.joining(", "));
        return options.isEmpty() ? null : "see " + options;
    }

    private static @Nullable String ofReadOnly(String message, CommandSpec command) {
        return switch (command.name()) {
            case "rm" -> "copick hide hides it";
            case "mv" -> "copick cp copies it, copick hide hides it";
            default ->
                message.contains("no writable layer") || message.endsWith("is read-only")
                        ? "give the configuration an overlay_root to write to"
                        : null;
        };
    }

    private static @Nullable String ofMissing(String message, CommandSpec command) {
        if (message.startsWith("no object \"")) {
            return "copick add object adds one";
        }
        if (message.startsWith("no run \"")) {
            return command.optionsMap().containsKey("--create")
                    ? "--create creates it"
                    : "copick ls lists them, copick new run creates one";
        }
        return null;
    }
}
