package org.copick.cli;

import java.io.PrintWriter;
import java.util.Optional;
import org.copick.cli.output.Screen;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.ParseResult;

/** Prints the help of commands, as wide as the terminal and in colours if it shows them. */
final class HelpPage {
    /** Minimum width in columns; picocli refuses a smaller one. */
    private static final int NARROWEST = 55;

    /** Maximum width in columns; longer lines are hard to read. */
    private static final int WIDEST = 120;

    private HelpPage() {}

    /** Fits the help of a command and its subcommands to the writer's terminal; without one it has 80 columns. */
    static void fit(CommandLine commandLine, PrintWriter out) {
        Optional<Screen> terminal = Screen.of(out).filter(Screen::showsOutput);
        terminal.ifPresent(
                screen -> commandLine.setUsageHelpWidth(Math.max(NARROWEST, Math.min(screen.columns(), WIDEST))));
        boolean colours = terminal.filter(Screen::isColourful).isPresent();
        commandLine.setColorScheme(Help.defaultColorScheme(colours ? Help.Ansi.ON : Help.Ansi.OFF));
    }

    /** Prints the help that the arguments ask for, and returns whether they ask for any. */
    static boolean printIfRequested(ParseResult parsed, PrintWriter out) {
        for (CommandLine command : parsed.asCommandLineList()) {
            if (command.isUsageHelpRequested()) {
                String help = command.getUsageMessage(command.getColorScheme());
                Screen.of(out).filter(Screen::showsOutput).ifPresentOrElse(screen -> screen.printTrusted(help), () -> {
                    out.print(help);
                    out.flush();
                });
                return true;
            }
        }
        return false;
    }
}
