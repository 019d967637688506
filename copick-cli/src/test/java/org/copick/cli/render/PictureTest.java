package org.copick.cli.render;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.copick.cli.Called;
import org.copick.cli.Main;
import org.copick.cli.output.Screen;
import org.copick.cli.output.StandardStreams;
import org.copick.cli.project.SampleProject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that pictures have the format of their file name. */
final class PictureTest {
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G'};
    private static final byte[] JPEG = {(byte) 0xff, (byte) 0xd8, (byte) 0xff};

    @TempDir
    private Path folder;

    @BeforeEach
    void unpack() throws IOException {
        SampleProject.unpack(folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.jpg", "a.JPEG", "a.png", "a.b.PNG"})
    void theNameSaysTheFormat(String name) throws IOException {
        Path file = folder.resolve(name);
        assertEquals(0, render(file.toString()).status());
        byte[] bytes = Files.readAllBytes(file);
        byte[] magic = name.toLowerCase(java.util.Locale.ROOT).endsWith("png") ? PNG : JPEG;
        assertArrayEquals(magic, Arrays.copyOf(bytes, magic.length));
        assertTrue(ImageIO.read(file.toFile()).getWidth() > 100);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.gif", "a.tif", "a", "png"})
    void otherFormatsAreRefused(String name) {
        Called called = render(folder.resolve(name).toString());
        assertEquals(2, called.status());
        assertEquals(1, called.err().lines().count(), called::err);
        assertTrue(called.err().contains(name + ": pictures are PNG or JPEG"), called::err);
        assertFalse(Files.exists(folder.resolve(name)));
    }

    @Test
    void aDashIsStandardOutput() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Path file = folder.resolve("a.png");
        render(file.toString());

        assertEquals(0, render(new Screen(out, err, new StandardStreams(false, false, false))));
        assertArrayEquals(Files.readAllBytes(file), out.toByteArray());
        assertTrue(err.toString(StandardCharsets.UTF_8).startsWith("-: z = "), err::toString);
        assertFalse(Files.exists(Path.of("-")));

        out.reset();
        assertEquals(1, render(new Screen(out, err, new StandardStreams(true, false, false))));
        assertEquals(0, out.size(), "no picture on a terminal");
    }

    private int render(Screen screen) {
        return Main.run(screen.out(), screen.err(), arguments("-"));
    }

    private Called render(String output) {
        return Called.copick((Object[]) arguments(output));
    }

    private String[] arguments(String output) {
        return new String[] {
            "render",
            "wbp@10",
            "--run",
            "TS_001",
            "-o",
            output,
            "-c",
            folder.resolve("copick.json").toString()
        };
    }
}
