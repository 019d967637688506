package org.copick.fs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.copick.Copick;
import org.copick.Root;
import org.copick.error.InvalidConfigException;
import org.copick.storage.StoreAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that roots with shell variables or Windows syntax are rejected, and no folders of these names are created. */
final class ForeignPathTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "$HOME/overlay|variable $HOME",
                "$HOME|variable $HOME",
                "$env:USERPROFILE/overlay|variable $env:USERPROFILE",
                "data/$env:HOME|variable $env:HOME",
                "/data/$USER/overlay|variable $USER",
                "${DATA}/overlay|variable ${DATA}",
                "/scratch/run-${SLURM_JOB_ID}/x|variable run-${SLURM_JOB_ID}",
                "%USERPROFILE%\\overlay|variable %USERPROFILE%",
                "file:///data/$USER|variable $USER",
                "C:\\Users\\me\\overlay|Windows path",
                "d:/data|Windows path",
                "C:|Windows path",
                "file:///C:/Users/me/overlay|Windows path",
                "\\\\server\\share|Windows network path",
                "data\\overlay|backslash",
                "~anna/overlay|home folders"
            })
    void areRefused(String root, String told) throws IOException {
        InvalidConfigException refused =
                assertThrows(InvalidConfigException.class, () -> open(root).close());
        assertTrue(String.valueOf(refused.getMessage()).contains(told), refused::getMessage);
        try (Stream<Path> all = Files.list(folder)) {
            assertEquals(0, all.count());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a$b", "./$HOME", "$5", "100%", "a%b%c", "x:y", "data/a$HOME", "/data/./$USER", "$"})
    void ordinaryNamesAreFolders(String root) {
        assertEquals("", ForeignPath.problem(root, false));
    }

    @Test
    void drivesAreFineOnWindows() {
        assertEquals("", ForeignPath.problem("C:\\Users\\me", true));
        assertEquals("", ForeignPath.problem("\\\\server\\share", true));
        assertFalse(ForeignPath.problem("%USERPROFILE%\\x", true).isEmpty());
    }

    @Test
    void aHomeIsExpanded() {
        try (var store = open("~/copick-nothing-here")) {
            assertEquals(
                    Path.of(System.getProperty("user.home"), "copick-nothing-here")
                            .toString(),
                    store.location());
        }
    }

    @Test
    void aByteOrderMarkIsRead() throws IOException {
        String json = "{\"name\": \"marked\", \"overlay_root\": \"overlay\", \"pickable_objects\": []}";
        Path config = Files.writeString(folder.resolve("copick.json"), "\ufeff" + json);
        try (Root root = Copick.open(config)) {
            assertEquals("marked", root.name());
        }
        for (var charset : new java.nio.charset.Charset[] {
            java.nio.charset.StandardCharsets.UTF_16LE, java.nio.charset.StandardCharsets.UTF_16BE
        }) {
            Files.writeString(config, "\ufeff" + json, charset);
            InvalidConfigException refused = assertThrows(InvalidConfigException.class, () -> Copick.open(config));
            assertTrue(String.valueOf(refused.getMessage()).contains("byte order mark of UTF-16"), refused::getMessage);
        }
    }

    private org.copick.storage.ObjectStore open(String root) {
        return new LocalStorageProvider().open(new StoreAddress(root, Map.of(), folder));
    }
}
