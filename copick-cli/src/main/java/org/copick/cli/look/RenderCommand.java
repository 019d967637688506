package org.copick.cli.look;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.copick.Root;
import org.copick.cli.options.OptionNumber;
import org.copick.cli.options.ProjectOptions;
import org.copick.cli.render.ObjectColors;
import org.copick.cli.render.Picture;
import org.copick.cli.render.Rendering;
import org.copick.cli.walk.Unread;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code copick render}, which draws a slice. */
@Command(
        name = "render",
        description = {
            "Draw a slice of a tomogram as a PNG or JPEG picture.",
            "Picks and segmentations can be drawn on it. The picture has a title, a scale bar and a legend."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  copick render wbp@10 --run TS_001 --picks ribosome -o slice.png",
            "  copick render denoised@10 --run TS_001 --axis y --index 25 -o slice.jpg"
        })
public final class RenderCommand implements Callable<Integer> {
    @CommandLine.Spec
    private CommandLine.Model.@Nullable CommandSpec spec;

    @Mixin
    private ProjectOptions project = new ProjectOptions();

    @Parameters(
            paramLabel = "URI",
            description = "Tomogram, features or segmentation to draw, as a copick URI such as wbp@10.0.")
    private String uri = "";

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "FILE",
            description = "Picture file to write, .png, .jpg or .jpeg, replaced if it exists; - is PNG on standard"
                    + " output (required).")
    private String output = "";

    @Option(
            names = "--axis",
            defaultValue = "z",
            paramLabel = "z|y|x",
            description = "Axis that the slice is perpendicular to (default: ${DEFAULT-VALUE}).")
    private String axis = "z";

    @Option(
            names = "--index",
            paramLabel = "N",
            description = "Number of the slice along the axis, in voxels, from 0 (default: the middle one).")
    private @Nullable Long index;

    @Option(
            names = "--level",
            defaultValue = "0",
            paramLabel = "L",
            description = "Number of the resolution level; 0 is the full resolution (default: ${DEFAULT-VALUE}).")
    private int level;

    @Option(
            names = "--picks",
            paramLabel = "URI",
            description = "Picks to draw, as a copick URI; repeatable (default: none).")
    private List<String> picks = new ArrayList<>();

    @Option(
            names = "--segmentation",
            paramLabel = "URI",
            description = "Segmentation to lay over the slice, as a copick URI; repeatable (default: none).")
    private List<String> segmentations = new ArrayList<>();

    @Option(
            names = "--scale",
            converter = OptionNumber.Positive.class,
            paramLabel = "N",
            description = "Size of a voxel in pixels, such as 2 or 0.5 (default: a picture of about 640 pixels).")
    private @Nullable Double scale;

    @Option(
            names = "--color",
            paramLabel = "[OBJECT=]COLOUR",
            description = "Colour of an object, or of all, such as #ff8800 or 255,136,0; repeatable (default: the"
                    + " configuration's; objects without a colour get distinct ones).")
    private List<String> colors = new ArrayList<>();

    RenderCommand() {}

    @Override
    public Integer call() {
        CommandLine commandLine = Objects.requireNonNull(spec).commandLine();
        if (index != null && index < 0) {
            throw new CommandLine.ParameterException(commandLine, "--index must not be negative");
        }
        String cut = axis.toLowerCase(Locale.ROOT);
        if (!List.of("z", "y", "x").contains(cut)) {
            throw new CommandLine.ParameterException(commandLine, "--axis must be z, y or x");
        }
        Picture picture = Picture.of(output, commandLine);
        picture.requireWritable();
        Unread unread = new Unread(commandLine.getErr());
        try (Root root = project.open()) {
            ObjectColors chosen = ObjectColors.of(root, colors, commandLine);
            Rendering rendering = Rendering.of(
                    root,
                    project.runs(root),
                    uri,
                    cut,
                    index == null ? -1 : index,
                    level,
                    scale == null ? 0 : scale,
                    chosen,
                    unread);
            int drawn = 0;
            for (String each : picks) {
                drawn += rendering.drawPicks(each);
            }
            for (String each : segmentations) {
                rendering.drawSegmentations(each);
            }
            chosen.requireKnown(commandLine);
            rendering.write(picture, commandLine.getOut());
            PrintWriter told = picture.goesToStandardOutput() ? commandLine.getErr() : commandLine.getOut();
            told.println(output + ": " + rendering.describe()
                    + (picks.isEmpty() ? "" : ", " + drawn + (drawn == 1 ? " pick cuts it" : " picks cut it")));
        }
        return unread.status();
    }
}
