package org.copick;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.copick.config.ProjectConfig;
import org.copick.entity.Layer;
import org.copick.error.ClosedException;
import org.copick.spi.Backend;
import org.copick.spi.BackendProvider;
import org.copick.spi.StoreOpener;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that closing a context leaves no project open. */
final class CopickContextTest {
    private static final AtomicInteger CLOSED = new AtomicInteger();
    private static @Nullable CopickContext context;

    /** Opens a backend while the context is closed, as another thread could. */
    public static final class ClosingProvider implements BackendProvider {
        @Override
        public String name() {
            return "closing";
        }

        @Override
        public boolean supports(ProjectConfig config) {
            return config.configType().equals("closing");
        }

        @Override
        public Backend open(ProjectConfig config, StoreOpener stores) {
            Objects.requireNonNull(context).close();
            return (Backend) Proxy.newProxyInstance(
                    Backend.class.getClassLoader(),
                    new Class<?>[] {Backend.class},
                    (proxy, method, arguments) -> switch (method.getName()) {
                        case "layers" -> List.of(new Layer("overlay", false, "nowhere"));
                        case "prefetching" -> proxy;
                        case "close" -> {
                            CLOSED.incrementAndGet();
                            yield null;
                        }
                        default -> throw new UnsupportedOperationException(method.getName());
                    });
        }
    }

    @Test
    void aProjectThatOpensWhileItsContextClosesIsClosed(@TempDir Path folder) throws Exception {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(services.resolve(BackendProvider.class.getName()), ClosingProvider.class.getName());
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()}, CopickContextTest.class.getClassLoader())) {
            Thread.currentThread().setContextClassLoader(loader);
            try (CopickContext opened = CopickContext.builder().build()) {
                context = opened;
                ProjectConfig config =
                        ProjectConfig.parse("{\"config_type\": \"closing\", \"pickable_objects\": []}", "test");
                assertThrows(ClosedException.class, () -> opened.open(config));
            }
        } finally {
            Thread.currentThread().setContextClassLoader(before);
            context = null;
        }
        assertEquals(1, CLOSED.get(), "the backend is closed");
    }
}
