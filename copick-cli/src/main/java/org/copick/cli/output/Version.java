package org.copick.cli.output;

import picocli.CommandLine;

/** The version of the jar. */
public final class Version implements CommandLine.IVersionProvider {
    Version() {}

    @Override
    public String[] getVersion() {
        return new String[] {"copick " + text()};
    }

    public static String text() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "(development)" : version;
    }
}
