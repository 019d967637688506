package org.copick.cli.change;

import java.util.EnumSet;
import java.util.function.Predicate;
import org.copick.Entity;
import org.copick.Root;
import org.copick.cli.options.MetadataOptions;
import org.copick.entity.EntityKind;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The command {@code copick cp}. */
@Command(
        name = "cp",
        description = "Copy entities within the project, with everything in them.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  copick cp picks proteasome:me/1 proteasome:bob/2",
            "  copick cp picks 'ribosome:gapstop/*' 'ribosome:me/{session_id}' --force"
        })
public final class CpCommand extends Transfer {
    @Mixin
    private MetadataOptions metadata = new MetadataOptions();

    CpCommand() {}

    @Override
    Predicate<Entity> accepted(Root root, EntityKind kind) {
        return metadata.accepted(root, EnumSet.of(kind));
    }

    @Override
    boolean moves() {
        return false;
    }
}
