package org.copick.zarr.codec;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import net.jpountz.lz4.LZ4Factory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads the native code of zstd-jni and lz4-java. Both libraries unpack it to the folder in {@code java.io.tmpdir},
 * which may be missing, full or mounted {@code noexec}, and leave it there when the process is killed. This class lets
 * them unpack it to an {@link UnpackFolder}.
 */
final class NativeCode {
    private static final Logger LOG = LoggerFactory.getLogger(NativeCode.class);

    private NativeCode() {}

    /** Unpacks a library's code to a folder and loads it. */
    @FunctionalInterface
    private interface Loading {
        void from(Path folder) throws IOException, ReflectiveOperationException;
    }

    /** Loads zstd-jni's native code and returns whether it can be used. */
    static boolean loadZstd() {
        // zstd-jni's own property for another folder
        String temporary = System.getProperty("ZstdTempFolder", System.getProperty("java.io.tmpdir"));
        return load("zstd", temporary, folder -> com.github.luben.zstd.util.Native.load(folder.toFile()));
    }

    /** Returns native lz4, or lz4 in Java if native code cannot be loaded. */
    static LZ4Factory lz4() {
        if (net.jpountz.util.Native.class.getClassLoader() != NativeCode.class.getClassLoader()) {
            // native code only works for the classes of one class loader
            return LZ4Factory.fastestInstance();
        }
        if (load("lz4", System.getProperty("java.io.tmpdir"), NativeCode::loadLz4)) {
            try {
                return LZ4Factory.nativeInstance();
            } catch (LinkageError | RuntimeException e) {
                LOG.debug("lz4's native code does not work; using Java code instead", e);
            }
        }
        return LZ4Factory.safeInstance();
    }

    /**
     * Loads lz4-java's native code and marks it as loaded, because the library itself always unpacks to java.io.tmpdir.
     */
    private static void loadLz4(Path folder) throws IOException, ReflectiveOperationException {
        Class<?> library = net.jpountz.util.Native.class;
        Field loaded = library.getDeclaredField("loaded");
        loaded.setAccessible(true);
        Method resourceName = library.getDeclaredMethod("resourceName");
        resourceName.setAccessible(true);
        synchronized (library) {
            if (net.jpountz.util.Native.isLoaded()) {
                return;
            }
            String resource = (String) resourceName.invoke(null);
            Path file = folder.resolve(resource.substring(resource.lastIndexOf('/') + 1));
            try (InputStream code = library.getResourceAsStream(resource)) {
                if (code == null) {
                    throw new IOException("there is no " + resource);
                }
                Files.copy(code, file);
            }
            System.load(file.toAbsolutePath().toString());
            loaded.setBoolean(null, true);
        }
    }

    // one at a time, because opening and closing the lock file of another folder of this process releases its lock
    private static synchronized boolean load(String name, String temporary, Loading loading) {
        try (UnpackFolder folder = UnpackFolder.in(Path.of(temporary))) {
            loading.from(folder.path());
            return true;
        } catch (IOException | ReflectiveOperationException | LinkageError | RuntimeException e) {
            LOG.debug("cannot load {}'s native code from {}; using slower Java code", name, temporary, e);
            return false;
        }
    }
}
