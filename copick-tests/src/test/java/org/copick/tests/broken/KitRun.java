package org.copick.tests.broken;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.copick.spi.Backend;
import org.copick.tests.BackendContract;
import org.copick.tests.BrokenPromise;
import org.copick.tests.ObjectStoreContract;
import org.copick.tests.Promises;
import org.copick.tests.StoreUnderTest;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * A run of the kit on a store or backend, started like the tests of an author.
 *
 * @param tests the methods that ran
 * @param failures the failures by method
 * @param promises the tested promises by method
 */
record KitRun(Set<String> tests, Map<String, Throwable> failures, Map<String, String> promises) {
    /** The places to test; set only during a run. */
    static List<Supplier<StoreUnderTest>> places = List.of();

    static List<Supplier<Backend>> backends = List.of();

    /** Tests stores one after the other. */
    static synchronized List<KitRun> ofStores(List<Supplier<StoreUnderTest>> newPlaces) {
        places = newPlaces;
        try {
            return runs(List.of(selectClass(Store.class)), newPlaces.size());
        } finally {
            places = List.of();
        }
    }

    /** Runs some tests of the contract of stores. */
    static synchronized KitRun of(Supplier<StoreUnderTest> newPlace, String... tests) {
        places = List.of(newPlace);
        try {
            List<DiscoverySelector> selectors = new ArrayList<>();
            for (String test : tests) {
                selectors.add(selectMethod(Store.class, test));
            }
            return runs(selectors, 1).get(0);
        } finally {
            places = List.of();
        }
    }

    /** Runs one test of another contract, and returns its failure by its name. */
    static Map<String, Throwable> ofMethod(Class<?> contract, String test) {
        return runs(List.of(selectMethod(contract, test)), 1).get(0).failures();
    }

    /** Tests backends one after the other. */
    static synchronized List<KitRun> ofBackends(List<Supplier<Backend>> newBackends) {
        backends = newBackends;
        try {
            return runs(List.of(selectClass(Catalogue.class)), newBackends.size());
        } finally {
            backends = List.of();
        }
    }

    /** Runs all subjects in one launch, because a launch costs as much as a run. */
    private static List<KitRun> runs(List<? extends DiscoverySelector> selectors, int count) {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectors)
                .filters(EngineFilter.includeEngines("junit-jupiter"))
                .configurationParameter("copick.promises.print", "false")
                .build();
        List<KitRun> runs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            runs.add(new KitRun(new TreeSet<>(), new TreeMap<>(), new TreeMap<>()));
        }
        LauncherFactory.create().execute(request, new TestExecutionListener() {
            @Override
            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                if (test.getSource().orElse(null) instanceof MethodSource method) {
                    runs.get(invocation(test)).add(method, result);
                } else {
                    assertTrue(result.getThrowable().isEmpty(), result::toString);
                }
            }
        });
        return runs;
    }

    private static int invocation(TestIdentifier test) {
        return test.getUniqueIdObject().getSegments().stream()
                .filter(segment -> segment.getType().equals("class-template-invocation"))
                .map(UniqueId.Segment::getValue)
                .mapToInt(number -> Integer.parseInt(number.substring(1)) - 1)
                .findFirst()
                .orElse(0);
    }

    private void add(MethodSource method, TestExecutionResult result) {
        String name = method.getMethodName();
        tests.add(name);
        promises.put(name, Promises.of(method.getJavaMethod()));
        result.getThrowable().ifPresent(thrown -> failures.put(name, thrown));
    }

    /** Returns whether a failure is a broken promise and quotes it. */
    boolean quotes(String test) {
        Throwable failure = failures.get(test);
        return failure instanceof BrokenPromise
                && String.valueOf(failure.getMessage()).contains("breaks the promise \"" + promises.get(test) + "\": ");
    }

    /** The contract of stores, run only from here. */
    @ParameterizedClass
    @FieldSource("org.copick.tests.broken.KitRun#places")
    static final class Store extends ObjectStoreContract {
        private final Supplier<StoreUnderTest> place;

        Store(Supplier<StoreUnderTest> place) {
            this.place = place;
        }

        @Override
        protected StoreUnderTest newStore() {
            return place.get();
        }

        @Override
        public int rounds() {
            return 2;
        }
    }

    /** The contract of backends, run only from here. */
    @ParameterizedClass
    @FieldSource("org.copick.tests.broken.KitRun#backends")
    static final class Catalogue extends BackendContract {
        private final Supplier<Backend> backend;

        Catalogue(Supplier<Backend> backend) {
            this.backend = backend;
        }

        @Override
        protected Backend openEmpty() {
            return backend.get();
        }
    }
}
