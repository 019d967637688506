package org.copick.imagej;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ij.ImagePlus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.copick.AnnotationId;
import org.copick.Picks;
import org.copick.Root;
import org.copick.Run;
import org.copick.picks.Point;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the code of the page about bridges. */
final class BridgesPageTest {
    private static final Path PAGE = Path.of("../docs/bridges.md");
    private static final Path SOURCE = Path.of("src/test/java/org/copick/imagej/BridgesPageTest.java");

    @Test
    void theExampleSavesAPictureAndPicks(@TempDir Path folder) throws IOException {
        Path picture = folder.resolve("slice.png");
        try (GoldenProject project = GoldenProject.open("v1")) {
            Root root = project.root();
            // shown in docs/bridges.md
            Run run = root.run("TS_001");
            ImagePlus image = CopickImagePlus.open(run.voxelSpacing(10).tomogram("wbp"));

            // everybody's ribosomes, in the object's colour
            run.picks("ribosome:*").forEach(picks -> CopickImagePlus.showPicks(image, picks));
            image.setSlice(19);
            new ij.io.FileSaver(image.flatten()).saveAsPng(picture.toString());

            // a selection, here of one point, becomes picks in the overlay
            image.setRoi(new ij.gui.PointRoi(12.5, 30));
            CopickImagePlus.savePicks(
                    image, run, AnnotationId.of("ribosome").user("alice").session("7"));

            // picks can be corrected by hand: points that stay where they are keep orientation, instance and score
            Picks mine = run.picks("ribosome:gapstop/0").get(0).writableCopy();
            CopickImagePlus.selectPicks(image, mine);
            mine.write(CopickImagePlus.points(image, mine));
            // end of what is shown
            assertEquals(61, ImageIO.read(picture.toFile()).getWidth());
            Picks saved = run.picks("ribosome:alice/7").get(0);
            assertEquals(Point.at(125, 300, 180), saved.points().get(0));
            Picks tool = root.unmerged().run("TS_001").picks("ribosome:gapstop/0").stream()
                    .filter(Picks::readOnly)
                    .findFirst()
                    .orElseThrow();
            assertEquals(
                    tool.points().stream().map(Point::toString).sorted().toList(),
                    mine.points().stream().map(Point::toString).sorted().toList());
        }
    }

    @Test
    void thePageShowsWhatIsRun() throws IOException {
        String section = Files.readString(PAGE);
        section = section.substring(section.indexOf("## ImageJ"));
        String shown = found("```java\\n(?:import .*\\n)+\\ntry .*\\n((?s).*?)}\\n```", section)
                .replace("\"slice.png\"", "picture.toString()");
        String run =
                found("// shown in docs/bridges.md\\n((?s).*?)// end of what is shown\\n", Files.readString(SOURCE));
        assertEquals(normalized(run), normalized(shown));
    }

    private static String found(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertEquals(true, matcher.find(), pattern);
        return matcher.group(1);
    }

    /** Returns the code without what the formatter decides. */
    private static String normalized(String code) {
        return code.replaceAll("\\s+", "");
    }
}
