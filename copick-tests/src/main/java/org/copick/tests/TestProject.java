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

/** A project on a store under test, opened as users open one: by the URL of its configuration, which lies in the store. */
final class TestProject implements AutoCloseable {
    /** The folder of the project's root. */
    static final String DATA = "data";

    private final SuppliedStores stores = new SuppliedStores();
    private final CopickContext context = context();
    private final String url;

    /**
     * @param place where the project is; it need not be there yet
     * @param before puts something before each store that is opened
     */
    TestProject(StoreUnderTest place, UnaryOperator<ObjectStore> before) {
        this.url = stores.url(() -> before.apply(place.open()));
    }

    /** A project on a place, over the project that lies in another one. */
    static TestProject over(StoreUnderTest shared, StoreUnderTest place, UnaryOperator<ObjectStore> before)
            throws Exception {
        TestProject project = new TestProject(place, before);
        String url = project.stores.url(shared::open);
        byte[] config = KitProject.config(project.url + "/" + DATA, url + "/" + DATA);
        place.fill(Map.of(KitProject.CONFIG, config));
        return project;
    }

    /** The objects of the sample project, made in memory, for a project at this URL. */
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

    /** What the place is called. */
    String url() {
        return url;
    }

    Root open() {
        return context.open(url + "/" + KitProject.CONFIG);
    }

    /** Opens a project by a file of this machine, also where no artifact opens plain paths. */
    static Root open(CopickContext context, String file) throws IOException {
        return context.open(ProjectConfig.parse(Files.readString(Path.of(file)), file), null);
    }

    /** One that works in the calling thread: what is small is quicker so, and calls come in the same order each time. */
    static CopickContext context() {
        return CopickContext.builder().executors(Runnable::run, Runnable::run).build();
    }

    /** Closes what is open, and throws where a store was not released. */
    @Override
    public void close() {
        context.close();
        stores.close();
        stores.assertReleased();
    }
}
