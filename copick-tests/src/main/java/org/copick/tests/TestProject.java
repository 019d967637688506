package org.copick.tests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.copick.CopickContext;
import org.copick.Root;
import org.copick.config.ProjectConfig;
import org.copick.storage.ObjectInfo;
import org.copick.storage.ObjectStore;
import org.copick.storage.WriteCondition;

/**
 * A project on a store under test. Its configuration lies in the store and is opened by URL, as users open projects.
 */
final class TestProject implements AutoCloseable {
    /** The folder of the project's root. */
    static final String DATA = "data";

    private final SuppliedStores stores = new SuppliedStores();
    private final CopickContext context = context();
    private final String url;

    /**
     * Creates the project's URL; the project itself need not exist yet.
     *
     * @param place the place of the project
     * @param before wraps each store that is opened
     */
    TestProject(StoreUnderTest place, UnaryOperator<ObjectStore> before) {
        this.url = stores.url(() -> before.apply(place.open()));
    }

    /** Returns a project on a place, over the sample project in another place. */
    static TestProject over(StoreUnderTest shared, StoreUnderTest place, UnaryOperator<ObjectStore> before)
            throws Exception {
        TestProject project = new TestProject(place, before);
        String url = project.stores.url(shared::open);
        byte[] config = KitProject.config(project.url + "/" + DATA, url + "/" + DATA);
        place.fill(Map.of(KitProject.CONFIG, config));
        return project;
    }

    /** Returns the objects of the sample project for this URL; they are created in memory. */
    static Map<String, byte[]> sample(String url) {
        MemoryUnderTest memory = new MemoryUnderTest();
        try (TestProject project = new TestProject(memory, UnaryOperator.identity());
                ObjectStore store = memory.open()) {
            store.write(KitProject.CONFIG, KitProject.config(project.url + "/" + DATA, ""), WriteCondition.ANY);
            try (Root root = project.open()) {
                KitProject.fill(root);
            }
            Map<String, byte[]> objects = new LinkedHashMap<>();
            store.forEach("", object -> objects.put(object.key(), bytes(store, object)));
            objects.put(KitProject.CONFIG, KitProject.config(url + "/" + DATA, ""));
            return objects;
        }
    }

    private static byte[] bytes(ObjectStore store, ObjectInfo object) {
        return store.read(object.key()).orElseThrow().bytes();
    }

    /** Returns the URL of the place. */
    String url() {
        return url;
    }

    Root open() {
        return context.open(url + "/" + KitProject.CONFIG);
    }

    /** Opens a project by a local configuration file, even if no artifact on the class path opens plain paths. */
    static Root open(CopickContext context, String file) throws IOException {
        return context.open(ProjectConfig.parse(Files.readString(Path.of(file)), file), null);
    }

    /**
     * Returns a context that works in the calling thread.
     *
     * <p>This is faster for small projects and makes the order of store calls repeatable.
     */
    static CopickContext context() {
        return CopickContext.builder().executors(Runnable::run, Runnable::run).build();
    }

    /** Closes everything that is open, and throws if a store was not released. */
    @Override
    public void close() {
        context.close();
        stores.close();
        stores.assertReleased();
    }
}
