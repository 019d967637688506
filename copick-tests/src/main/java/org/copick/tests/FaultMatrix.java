package org.copick.tests;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.copick.Root;
import org.copick.error.CopickException;
import org.copick.storage.ObjectInfo;
import org.copick.storage.ObjectStore;
import org.copick.storage.StoreCapability;
import org.copick.storage.StoreOperation.Kind;
import org.copick.storage.StorePlace;
import org.copick.tests.hostile.Fault;
import org.copick.tests.hostile.FaultInjectingStore;
import org.copick.tests.hostile.StoreCall;
import org.jspecify.annotations.Nullable;

/**
 * Repeats user operations on one project, with a fault at one store call after the other, and checks what readers find.
 */
final class FaultMatrix implements AutoCloseable {
    private final StoreUnderTest place;
    private final int step;
    private final TestProject project;
    private final ObjectStore raw;
    private final Map<String, byte[]> sample;
    private final Map<String, ObjectInfo> original = new HashMap<>();
    private final SortedMap<String, String> before;
    private int begin;
    private final AtomicBoolean armed = new AtomicBoolean();
    private final List<StoreCall> calls = Collections.synchronizedList(new ArrayList<>());
    private final List<String> violations = new ArrayList<>();
    private final Map<ObjectInfo, byte[]> known = new HashMap<>();
    private volatile @Nullable Fault fault;
    private volatile boolean reading;
    private volatile @Nullable Map<String, byte[]> others;

    /** Creates a matrix on the sample project in this place; faults strike at every {@code step}-th call. */
    FaultMatrix(StoreUnderTest place, int step) throws Exception {
        this.place = place;
        this.step = step;
        this.raw = place.open();
        this.project = new TestProject(place, this::faulty);
        this.sample = TestProject.sample(project.url());
        restore();
        try (Root root = project.open()) {
            this.before = ProjectState.of(root);
        }
    }

    /**
     * Creates a matrix on an overlay in this place over the sample project.
     *
     * <p>Faults strike in the overlay, at every {@code step}-th call.
     *
     * @param first prepares the overlay, without faults
     */
    FaultMatrix(StoreUnderTest place, StoreUnderTest shared, int step, Consumer<Root> first) throws Exception {
        this.place = place;
        this.step = step;
        this.raw = place.open();
        this.project = TestProject.over(shared, place, this::faulty);
        try (Root root = project.open()) {
            first.accept(root);
        }
        this.sample = new HashMap<>();
        raw.forEach("", object -> {
            sample.put(object.key(), raw.read(object.key()).orElseThrow().bytes());
            original.put(object.key(), object);
        });
        try (Root root = project.open()) {
            this.before = ProjectState.of(root);
        }
    }

    private ObjectStore faulty(ObjectStore store) {
        if (reading && !raw.can(StoreCapability.FOLDERS)) {
            store.close();
            Map<String, byte[]> visible = others;
            return MemoryStore.of(visible == null ? contents() : visible);
        }
        Fault now = fault;
        return now == null ? store : new FaultInjectingStore(store).with(now);
    }

    /**
     * Returns the objects of the place, reading only versions that were not read before.
     *
     * <p>Without the capability {@code FOLDERS} readers depend on objects only. They can then use a copy in memory,
     * which saves most of the requests.
     */
    private Map<String, byte[]> contents() {
        Map<String, byte[]> contents = new HashMap<>();
        raw.forEach(
                "",
                object -> contents.put(
                        object.key(),
                        known.computeIfAbsent(
                                object,
                                seen -> raw.read(seen.key()).orElseThrow().bytes())));
        return contents;
    }

    /** Returns the violations found so far, over all operations. */
    List<String> violations() {
        return violations;
    }

    /**
     * Returns a line of the table: the operation, its number of calls, and what readers found after how many faults.
     */
    String run(UserOperation operation) throws Exception {
        restore();
        attempt(operation.action(), () -> Fault.before().call(Integer.MAX_VALUE));
        SortedMap<String, String> after = state();
        Set<String> keys = keys();
        List<StoreCall> counted = List.copyOf(calls);
        Tally tally = new Tally();
        for (int n = begin++ % step; n < counted.size(); n += step) {
            int number = n;
            Kind kind = counted.get(n).kind();
            List<Supplier<Fault>> faults = new ArrayList<>(List.of(Fault::before, Fault::after));
            boolean atOnce = raw.can(StoreCapability.REPLACE_PREFIX);
            if (kind == Kind.DELETE || (kind == Kind.DELETE_PREFIX && !atOnce)) {
                faults.add(Fault::halfway);
            }
            for (int i = 0; i < faults.size(); i++) {
                Supplier<Fault> each = faults.get(i);
                String told = operation.name() + ", "
                        + List.of("before", "after", "halfway").get(i) + " call " + n + " (" + counted.get(n) + ")";
                restore();
                @Nullable Throwable thrown = attempt(operation.action(), () -> each.get().call(number));
                check(operation, after, thrown, told, tally);
                checkAgain(operation, after, keys, told);
            }
        }
        return String.format(
                "  %-36s %4d calls %4d faults: %4d times the old state, %4d times the new one, %3d times in between",
                operation.name(), counted.size(), tally.faults, tally.old, tally.complete, tally.between);
    }

    /** Counts of what readers found after faults. */
    private static final class Tally {
        private int faults;
        private int old;
        private int complete;
        private int between;
    }

    /** Performs an action with a fault and returns the exception that it threw, if any. */
    private @Nullable Throwable attempt(Consumer<Root> action, Supplier<Fault> wanted) {
        calls.clear();
        fault = wanted.get().where(call -> armed.get() && calls.add(call));
        try (Root root = project.open()) {
            armed.set(true);
            action.accept(root);
            return null;
        } catch (RuntimeException | Error e) {
            return e;
        } finally {
            armed.set(false);
            fault = null;
        }
    }

    private void check(
            UserOperation operation,
            SortedMap<String, String> after,
            @Nullable Throwable thrown,
            String told,
            Tally tally) {
        if (thrown != null && !(thrown instanceof CopickException)) {
            violations.add(told + " ends with " + thrown);
        }
        SortedMap<String, String> seen = state();
        checkOthers(after, told);
        boolean isOld = true;
        boolean isNew = true;
        Set<String> all = new TreeSet<>(before.keySet());
        all.addAll(after.keySet());
        all.addAll(seen.keySet());
        for (String key : all) {
            String then = before.getOrDefault(key, "absent");
            String wanted = after.getOrDefault(key, "absent");
            String now = seen.getOrDefault(key, "absent");
            isOld &= now.equals(then);
            isNew &= now.equals(wanted);
            boolean allowed = now.equals(then) || now.equals(wanted);
            boolean between = !then.equals(wanted)
                    || (now.equals("absent") && !key.equals(parent(key)) && !seen.containsKey(parent(key)));
            if (!allowed && !(between && operation.between().test(now))) {
                violations.add(told + " leaves " + key + ": " + now + ", not " + then + " or " + wanted);
            }
        }
        if (thrown == null && !isNew) {
            violations.add(told + " throws nothing, but readers find " + ProjectState.differences(after, seen));
        }
        tally.faults++;
        tally.old += isOld ? 1 : 0;
        tally.complete += isNew && !isOld ? 1 : 0;
        tally.between += !isNew && !isOld ? 1 : 0;
    }

    /**
     * Checks what programs find that do not know {@code .writing} markers: a replaced image may be missing, but never
     * mixed.
     */
    private void checkOthers(SortedMap<String, String> after, String told) {
        if (raw.can(StoreCapability.REPLACE_PREFIX)) {
            return;
        }
        Map<String, byte[]> visible = contents();
        if (!visible.keySet().removeIf(key -> StorePlace.markedName(key) != null || key.contains(".staged/"))) {
            return;
        }
        others = visible;
        try {
            state().forEach((key, now) -> {
                List<String> allowed = List.of(before.getOrDefault(key, "absent"), after.getOrDefault(key, "absent"));
                if (!allowed.contains(now) && !now.equals("without levels")) {
                    violations.add(
                            told + " shows programs that ignore markers: " + key + ": " + now + ", not " + allowed);
                }
            });
        } finally {
            others = null;
        }
    }

    /**
     * Returns the key of the tomogram for features, which are not seen without it; other keys are returned unchanged.
     */
    private static String parent(String key) {
        return key.replaceFirst("^Features\\[(.*), tomogram=(.*), type=.*]$", "Tomogram[$1, type=$2]");
    }

    /** Checks that the operation succeeds when it is repeated without a fault. */
    private void checkAgain(UserOperation operation, SortedMap<String, String> after, Set<String> keys, String told) {
        try (Root root = project.open()) {
            operation.again().accept(root);
        } catch (RuntimeException | Error e) {
            violations.add(told + "; repeating it ends with " + e);
            return;
        }
        SortedMap<String, String> seen = state();
        if (!seen.equals(after)) {
            violations.add(told + "; after repeating it readers find " + ProjectState.differences(after, seen));
        }
        Set<String> left = keys();
        left.removeAll(keys);
        if (raw.can(StoreCapability.REPLACE_PREFIX)) {
            left.removeIf(key -> key.contains(".staged/"));
        }
        if (!left.isEmpty()) {
            violations.add(told + "; repeating it leaves additional objects: " + left);
        }
    }

    private SortedMap<String, String> state() {
        reading = true;
        try (Root root = project.open()) {
            return ProjectState.of(root);
        } finally {
            reading = false;
        }
    }

    private Set<String> keys() {
        Set<String> keys = new HashSet<>();
        raw.forEach("", object -> keys.add(object.key()));
        return keys;
    }

    /** Restores the original objects of the place, which is quicker than creating a new one. */
    private void restore() throws Exception {
        Map<String, ObjectInfo> now = new HashMap<>();
        raw.forEach("", object -> now.put(object.key(), object));
        raw.deleteAll(
                now.keySet().stream().filter(key -> !sample.containsKey(key)).toList());
        Map<String, byte[]> changed = new HashMap<>();
        sample.forEach((key, bytes) -> {
            ObjectInfo info = now.get(key);
            if (info == null || !info.equals(original.get(key))) {
                changed.put(key, bytes);
            }
        });
        if (!changed.isEmpty()) {
            place.fill(changed);
            changed.keySet().forEach(key -> original.put(key, raw.info(key).orElseThrow()));
        }
    }

    @Override
    public void close() {
        raw.close();
        project.close();
    }
}
