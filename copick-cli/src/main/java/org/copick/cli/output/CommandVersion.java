package org.copick.cli.output;

import picocli.CommandLine;

/** The version of the command, from its jar. */
public final class CommandVersion implements CommandLine.IVersionProvider {
    CommandVersion() {}

    @Override
    public String[] getVersion() {
        return new String[] {"copick " + text()};
    }

    /** Returns the version, or {@code (development)} outside a jar. */
    public static String text() {
        String version = CommandVersion.class.getPackage().getImplementationVersion();
        return version == null ? "(development)" : version;
    }
}
