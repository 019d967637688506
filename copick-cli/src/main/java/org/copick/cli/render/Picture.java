package org.copick.cli.render;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import org.copick.cli.output.CommandFailure;
import org.copick.cli.output.OutputFile;
import org.copick.cli.output.Screen;
import picocli.CommandLine;

/**
 * The destination and format of a picture: PNG or JPEG by the file name, PNG on standard output.
 *
 * @param target a file, or {@code -} for standard output
 * @param format the file format
 */
public record Picture(String target, Sheet.Format format) {
    private static final String STANDARD_OUTPUT = "-";

    /**
     * Returns the destination that a file name or {@code -} describes.
     *
     * @throws CommandLine.ParameterException when the extension is none of .png, .jpg and .jpeg
     */
    public static Picture of(String target, CommandLine commandLine) {
        String name = target.toLowerCase(Locale.ROOT);
        if (name.endsWith(".jpg") || name.endsWith(".jpeg")) {
            return new Picture(target, Sheet.Format.JPEG);
        } else if (name.endsWith(".png") || name.equals(STANDARD_OUTPUT)) {
            return new Picture(target, Sheet.Format.PNG);
        }
        throw new CommandLine.ParameterException(
                commandLine,
                "cannot write " + target + ": pictures are PNG or JPEG; end the name with .png, .jpg or .jpeg, or write"
                        + " PNG to standard output with -o -");
    }

    /** Refuses a file that cannot be written; called before anything is drawn. */
    public void requireWritable() {
        if (!goesToStandardOutput()) {
            OutputFile.at(Path.of(target));
        }
    }

    /** Returns whether the picture goes to standard output. */
    public boolean goesToStandardOutput() {
        return target.equals(STANDARD_OUTPUT);
    }

    /** Writes the picture; an existing file is replaced only after all of it is written. */
    void write(Sheet sheet, PrintWriter out) {
        if (goesToStandardOutput()) {
            Screen screen = Screen.of(out)
                    .filter(known -> !known.showsOutput())
                    .orElseThrow(
                            () -> new CommandFailure("cannot write a picture to a terminal; redirect standard output"
                                    + " to a file, or name one with -o"));
            screen.write(sheet.encoded(format));
            return;
        }
        OutputFile.at(Path.of(target)).replace(bytes -> bytes.write(sheet.encoded(format)));
    }
}
