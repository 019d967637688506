package org.copick.tests.broken;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.copick.spi.Backend;
import org.copick.tests.BackendContract;
import org.copick.tests.ObjectStoreContract;
import org.copick.tests.StoreUnderTest;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs the kit as its users do, on something of ours, and tells which of its tests fail and how. */
final class KitRun {
    private static @Nullable Supplier<StoreUnderTest> places;
    private static @Nullable Supplier<Backend> backends;

    private KitRun() {}

    /** A store's tests, by method. */
    static synchronized Map<String, Throwable> ofStores(Supplier<StoreUnderTest> newPlaces) {
        places = newPlaces;
        return failures(Store.class);
    }

    /** A backend's tests, by method. */
    static synchronized Map<String, Throwable> ofBackends(Supplier<Backend> newBackends) {
        backends = newBackends;
        return failures(Catalogue.class);
    }

    private static Map<String, Throwable> failures(Class<?> tests) {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(tests))
                .configurationParameter("copick.promises.print", "false")
                .build();
        Map<String, Throwable> failures = new TreeMap<>();
        LauncherFactory.create().execute(request, new TestExecutionListener() {
            @Override
            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                result.getThrowable().ifPresent(thrown -> failures.put(name(test), thrown));
            }
        });
        return failures;
    }

    private static String name(TestIdentifier test) {
        return test.getSource()
                .filter(MethodSource.class::isInstance)
                .map(source -> ((MethodSource) source).getMethodName())
                .orElseGet(test::getDisplayName);
    }

    /** Only run from here. */
    static final class Store extends ObjectStoreContract {
        @Override
        protected StoreUnderTest newStore() {
            return Objects.requireNonNull(places).get();
        }

        @Override
        public int rounds() {
            return 6;
        }
    }

    /** Only run from here. */
    static final class Catalogue extends BackendContract {
        @Override
        protected Backend openEmpty() {
            return Objects.requireNonNull(backends).get();
        }
    }
}
