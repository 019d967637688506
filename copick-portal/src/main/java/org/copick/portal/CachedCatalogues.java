package org.copick.portal;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.copick.config.ProjectConfig;
import org.copick.error.StorageException;

/**
 * The folder with the cached catalogues of projects in the portal. Sends no request to the portal.
 *
 * <p>Files may be deleted while processes use them: these ask the portal again when they open the project the next time.
 * Only files whose names copick gives are counted and deleted, so the folder may hold anything else. Of a symbolic link
 * only the link is deleted.
 */
public final class CachedCatalogues {
    private static final Pattern NAME = Pattern.compile("catalogue-[0-9a-f]{64}\\.json\\.gz");
    private static final Pattern UNFINISHED = Pattern.compile("catalogue-[0-9]+\\.tmp");
    /** Age at which the file of a writer counts as left by a killed process. */
    private static final Duration ABANDONED = Duration.ofHours(1);

    private final Path folder;
    private final PortalCache own;

    private CachedCatalogues(Path folder, PortalCache own) {
        this.folder = folder;
        this.own = own;
    }

    /**
     * {@return the folder that a project uses; empty if the project is not in the portal or caches no catalogue}
     *
     * @param config the configuration; environment variables precede its fields, as when the project is opened
     * @throws org.copick.error.InvalidConfigException if a field is invalid
     */
    public static Optional<CachedCatalogues> of(ProjectConfig config) {
        if (!config.configType().equals(PortalConfig.TYPE)) {
            return Optional.empty();
        }
        PortalConfig fields = PortalConfig.of(config, System.getenv());
        return Optional.ofNullable(fields.cacheFolder())
                .map(folder ->
                        new CachedCatalogues(folder.toAbsolutePath().normalize(), PortalCache.of(fields, folder)));
    }

    /** {@return the folder, as an absolute path; it need not exist} */
    public Path folder() {
        return folder;
    }

    /** {@return the file of this project, which need not exist} */
    public Path file() {
        return folder.resolve(own.file().getFileName());
    }

    /** {@return what the file of this project holds; empty if there is none, or if it is damaged and will be replaced} */
    public Optional<CatalogueState> state() {
        return own.read()
                .map(saved -> new CatalogueState(
                        saved.saved(),
                        own.isYoung(saved.saved()),
                        saved.answer().path("runs").size(),
                        saved.complete().size()));
    }

    /**
     * {@return the files of all projects that use this folder, in the order of their names}
     *
     * @throws StorageException if the folder cannot be listed
     */
    public List<Path> files() {
        return matching(NAME);
    }

    /**
     * Deletes the file of this project.
     *
     * @return the deleted file, or an empty list if there was none
     * @throws StorageException if it cannot be deleted
     */
    public List<Path> clear() {
        return files().stream()
                .filter(file -> file.equals(file()) && isDeleted(file))
                .toList();
    }

    /**
     * Deletes the files of all projects that use this folder, and files that killed processes left there.
     *
     * @return the deleted files of projects
     * @throws StorageException if a file cannot be deleted
     */
    public List<Path> clearAll() {
        matching(UNFINISHED).stream().filter(CachedCatalogues::isAbandoned).forEach(CachedCatalogues::isDeleted);
        return files().stream().filter(CachedCatalogues::isDeleted).toList();
    }

    private List<Path> matching(Pattern name) {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                if (name.matcher(String.valueOf(file.getFileName())).matches()
                        && !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                    found.add(file);
                }
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        } catch (IOException | DirectoryIteratorException e) {
            throw new StorageException("cannot list the cached catalogues in " + folder + ": " + e, e);
        }
        found.sort(null);
        return found;
    }

    private static boolean isAbandoned(Path file) {
        try {
            Instant changed =
                    Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toInstant();
            return changed.isBefore(Instant.now().minus(ABANDONED));
        } catch (IOException e) {
            return false; // its writer has just finished
        }
    }

    /** Deletes a file. Returns false if another process was first. */
    private static boolean isDeleted(Path file) {
        try {
            return Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new StorageException(
                    "cannot delete the cached catalogue " + file + ": " + e + "; check the permissions of its folder",
                    e);
        }
    }
}
