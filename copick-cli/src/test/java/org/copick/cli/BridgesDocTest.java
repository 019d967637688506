package org.copick.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.real.FloatType;
import org.copick.Copick;
import org.copick.Root;
import org.copick.Run;
import org.copick.Segmentation;
import org.copick.SegmentationId;
import org.copick.Tomogram;
import org.copick.VolumeData;
import org.copick.imglib2.CopickImage;
import org.copick.imglib2.CopickImages;
import org.copick.imglib2.EditableImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the code of the page about bridges that is for ImgLib2; the other bridges' modules run theirs. */
final class BridgesDocTest {
    private static final String PAGE = "docs/bridges.md";

    @TempDir
    private Path folder;

    @Test
    void thePageShowsWhatIsRun() throws IOException {
        List<String> blocks = Snippets.blocks(PAGE, "java").subList(0, 2);
        Snippets.assertShown(PAGE, blocks, BridgesDocTest.class, Map.of("Path.of(\"copick.json\")", "config"));
        Snippets.assertCompilesAlone(blocks.get(0), folder);
    }

    @Test
    void imagesOfImgLib2() throws IOException {
        Path config = Golden.config(Golden.unpack("v1", folder), "copick.template.json");
        // shown in docs/bridges.md
        try (Root root = Copick.open(config)) {
            Tomogram tomogram = root.run("TS_001").voxelSpacing(10).tomogram("wbp");
            CopickImage<FloatType> image = CopickImages.openFloats(tomogram);
            RandomAccessibleInterval<FloatType> full = image.level(0); // x, y, z
            System.out.println(full.getAt(12, 34, 18).get());
            // not shown
            assertEquals(
                    tomogram.level(0).readFloats()[(18 * 50 + 34) * 61 + 12],
                    full.getAt(12, 34, 18).get());
            // shown again
        }
        // end of what is shown
    }

    @Test
    void labelsThroughImgLib2() throws IOException {
        Path config = Golden.config(Golden.unpack("v1", folder), "copick.template.json");
        try (Root root = Copick.open(config)) {
            Run run = root.run("TS_001");
            Segmentation segmentation = run.newSegmentation(
                    SegmentationId.multilabel("made-here").at(10).user("alice").session("1"),
                    VolumeData.zeros(37, 50, 61));
            // shown in docs/bridges.md
            EditableImage<UnsignedByteType> labels = CopickImages.edit(segmentation, new UnsignedByteType());
            labels.image().getAt(12, 34, 18).set(1);
            labels.flush().ifPresent(segmentation::updateLevels);
            // end of what is shown
            assertEquals(1, segmentation.level(0).readLabels()[(18 * 50 + 34) * 61 + 12]);
        }
    }
}
