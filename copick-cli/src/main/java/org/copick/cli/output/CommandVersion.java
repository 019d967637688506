package org.copick.cli.output;

import picocli.CommandLine;

/** The version of the jar. */
public final class CommandVersion implements CommandLine.IVersionProvider {
    CommandVersion() {}

    @Override
    public String[] getVersion() {
        return new String[] {"copick " + text()};
    }

    public static String text() {
        String version = CommandVersion.class.getPackage().getImplementationVersion();
        return version == null ? "(development)" : version;
    }
}
