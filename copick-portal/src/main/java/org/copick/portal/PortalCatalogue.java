package org.copick.portal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.copick.error.CorruptDataException;
import org.copick.error.StorageException;
import org.copick.internal.threads.InterruptibleLock;
import org.copick.portal.GraphQlClient.Answer;
import org.copick.portal.GraphQlClient.Question;
import org.copick.storage.KeyOrder;
import org.jspecify.annotations.Nullable;

/**
 * The portal's rows about the datasets of a project, fetched when they are needed and cached until {@link #refresh}. Safe
 * for use by many threads.
 *
 * <p>Cost in requests:
 * <ul>
 *   <li>Creating a catalogue sends none. With a young {@link PortalCache} nothing that it holds is asked for; with an old
 *       one, one small request finds out whether it still holds.
 *   <li>The first call for the runs fetches everything, as long as no list is longer than {@value #MOST_AT_ONCE} rows.
 *       Otherwise it fetches the names of the runs only.
 *   <li>The first call for one run fetches the names of all runs and everything of that run.
 *   <li>In a large project each further run costs one request. Callers that go through the runs in order fetch {@value
 *       #PAGE} runs with each request.
 * </ul>
 */
final class PortalCatalogue {
    /** Longest list, in rows, of a project that is fetched at once: about 0.5 MB of tomograms, annotations and files. */
    static final int MOST_AT_ONCE = 250;

    /** Runs of one request. More were answered with status 502 to Python copick. */
    static final int PAGE = 50;

    private final GraphQlClient client;
    private final Set<Long> datasets;

    /** Held during requests, so that threads that need the same rows wait for them instead of asking too. */
    private final InterruptibleLock asking = new InterruptibleLock();

    /** The identifiers of the objects whose annotations are known or asked for. */
    private volatile List<String> objects;

    private volatile @Nullable PortalCache cache;

    private volatile @Nullable Known known;
    private volatile boolean doubtful;
    private volatile @Nullable String warning;

    @GuardedBy("asking") private boolean cacheWasRead;

    /** The place in the order of the runs where the next page begins if the caller goes through all runs. */
    @GuardedBy("asking") private int next;

    @GuardedBy("asking") private int pagesInOrder;

    PortalCatalogue(GraphQlClient client, Set<Long> datasets, Collection<String> objects, @Nullable PortalCache cache) {
        this.client = client;
        this.cache = cache;
        this.datasets = datasets;
        this.objects = List.copyOf(objects);
    }

    /** All runs in the order of copick's lists, and the contents of those that were asked for. */
    private static final class Known {
        final List<RunRow> runs;
        final Map<Long, Integer> places = new HashMap<>();
        final Map<Long, RunRows> contents = new ConcurrentHashMap<>();
        /** The time at which the portal had these rows. */
        final Instant asked;

        Known(List<RunRow> rows, Instant asked) {
            this.asked = asked;
            runs = rows.stream()
                    .sorted((a, b) -> KeyOrder.BY_CODE_POINT.compare(a.copickName(), b.copickName()))
                    .toList();
            for (int i = 0; i < runs.size(); i++) {
                places.put(runs.get(i).id(), i);
            }
        }

        void add(Collection<RunRow> of, JsonNode data) {
            Map<Long, RunRows> rows = RunRows.byRun(data);
            for (RunRow run : of) {
                contents.put(run.id(), rows.getOrDefault(run.id(), RunRows.EMPTY));
            }
        }

        PortalCache.Saved saved(Instant time) {
            ObjectNode answer = JsonNodeFactory.instance.objectNode();
            ArrayNode rows = answer.putArray("runs");
            runs.forEach(run -> rows.add(run.row()));
            Map<Long, RunRows> copy = new HashMap<>(contents);
            RunRows.addTo(answer, copy.values());
            return new PortalCache.Saved(time, answer, copy.keySet());
        }

        boolean isComplete() {
            return contents.size() == runs.size();
        }
    }

    /** Returns the runs of the datasets, in the order of copick's lists. */
    List<RunRow> runs() {
        if (datasets.isEmpty()) {
            return List.of();
        }
        Known now = current();
        return (now == null ? firstTime(null) : now).runs;
    }

    /** Returns the run with this id, if the datasets have it. */
    Optional<RunRow> run(long id) {
        if (datasets.isEmpty()) {
            return Optional.empty();
        }
        Known now = current();
        Known all = now == null ? firstTime(id) : now;
        Integer place = all.places.get(id);
        return place == null ? Optional.empty() : Optional.of(all.runs.get(place));
    }

    /** Returns the contents of a run of the datasets. */
    RunRows contents(RunRow run) {
        Known now = current();
        RunRows rows = now == null ? null : now.contents.get(run.id());
        return rows != null ? rows : fetched(run);
    }

    /**
     * Asks for the annotations of these identifiers from now on. Drops the contents of all runs if identifiers are new;
     * those that are no longer wanted remain.
     *
     * @param identifiers the identifiers of the objects
     * @param itsCache the cache for these identifiers
     */
    void want(Collection<String> identifiers, @Nullable PortalCache itsCache) {
        take();
        try {
            if (objects.containsAll(identifiers)) {
                return;
            }
            objects = List.copyOf(identifiers);
            cache = itsCache;
            Known before = known;
            cacheWasRead = before != null; // a cached list of runs may be older
            known = before == null ? null : new Known(before.runs, before.asked);
            next = 0;
            pagesInOrder = 0;
        } finally {
            asking.unlock();
        }
    }

    /** Has the next call find out whether the portal has changed. */
    void refresh() {
        doubtful = true;
    }

    /** Returns what a person should know about the rows: that they are old because the portal does not answer. */
    Optional<String> warning() {
        return Optional.ofNullable(warning);
    }

    /** Returns what is known, or null if nothing is or if the portal has changed since. */
    private @Nullable Known current() {
        Known now = known;
        if (!doubtful && now != null) {
            return now;
        }
        take();
        try {
            PortalCache onDisk = cache;
            if (!cacheWasRead && onDisk != null) {
                cacheWasRead = true;
                onDisk.read().ifPresent(saved -> {
                    known = trusted(saved);
                    doubtful |= !onDisk.isYoung(saved.saved());
                });
            }
            Known before = known;
            if (doubtful && before != null) {
                known = compared(before);
            }
            doubtful = false;
            return known;
        } finally {
            asking.unlock();
        }
    }

    /** Returns cached rows, or null if they are invalid: the file may be damaged or made by somebody else. */
    private @Nullable Known trusted(PortalCache.Saved saved) {
        try {
            Known found = known(saved.answer(), saved.saved(), saved.complete());
            return found.runs.stream().allMatch(run -> datasets.contains(run.datasetId())) ? found : null;
        } catch (CorruptDataException e) {
            return null; // the portal is asked instead
        }
    }

    private static Known known(JsonNode answer, Instant time, Set<Long> complete) {
        Known found = new Known(RunRows.rows(answer, "runs", RunRow::of), time);
        found.add(found.runs.stream().filter(run -> complete.contains(run.id())).toList(), answer);
        return found;
    }

    /**
     * Returns rows that the portal has like that, or null if they have changed. If the portal does not answer, returns
     * the old rows: a person can continue to work with them.
     */
    @GuardedBy("asking") private @Nullable Known compared(Known before) {
        try {
            warning = null;
            if (!before.isComplete()) {
                Known names = overview();
                // there is nothing to compare with; details are fetched again when they are needed
                save(names, names.asked);
                return names;
            }
            JsonNode answer =
                    client.ask("compare the datasets " + datasets + " with those", PortalQuery.FRESH, variables(null));
            if (!Freshness.of(before.runs, before.contents.values()).equals(Freshness.of(answer))) {
                return null;
            }
            save(before, Instant.now());
            return before;
        } catch (StorageException e) {
            if (!e.mayBeTransient()) {
                throw e;
            }
            warning = "the portal does not answer; its rows are " + age(before.asked) + " old (" + e.getMessage() + ")";
            return before;
        }
    }

    private static String age(Instant time) {
        Duration age = Duration.between(time, Instant.now());
        return age.toDays() > 1
                ? age.toDays() + " days"
                : age.toHours() > 1 ? age.toHours() + " hours" : Math.max(0, age.toMinutes()) + " minutes";
    }

    private void save(Known rows, Instant time) {
        PortalCache onDisk = cache;
        if (onDisk != null) {
            onDisk.write(rows.saved(time));
        }
    }

    private Known firstTime(@Nullable Long run) {
        take();
        try {
            Known before = known;
            if (before != null) {
                return before;
            }
            Known found = run == null ? overview() : withRun(run);
            known = found;
            next = 0;
            pagesInOrder = 0;
            save(found, found.asked);
            return found;
        } finally {
            asking.unlock();
        }
    }

    /** Asks for all runs, and for everything in them if that is not much. */
    private Known overview() {
        Instant asked = Instant.now();
        ObjectNode variables = variables(null);
        variables.set("project", variables.get("run"));
        variables.putObject("most").put("limit", MOST_AT_ONCE + 1);
        Question question = new Question(purpose(), PortalQuery.CONTENTS, variables, true);
        Answer answer = client.askAll(List.of(question)).get(0);
        JsonNode data = answer.data().orElseGet(() -> client.ask(purpose(), PortalQuery.RUNS, variables(null)));
        Known found = new Known(RunRows.rows(data, "runs", RunRow::of), asked);
        if (!answer.isTooLarge() && RunRows.isComplete(data, MOST_AT_ONCE)) {
            found.add(found.runs, data);
        }
        return found;
    }

    /** Asks for all runs, and for everything in one of them. */
    private Known withRun(long run) {
        Instant asked = Instant.now();
        ObjectNode variables = variables(List.of(run));
        variables.set("project", variables(null).get("run"));
        JsonNode data = client.ask(purpose(), PortalQuery.CONTENTS, variables);
        Known found = new Known(RunRows.rows(data, "runs", RunRow::of), asked);
        Integer place = found.places.get(run);
        if (place != null) {
            found.add(List.of(found.runs.get(place)), data);
        }
        return found;
    }

    private RunRows fetched(RunRow run) {
        take();
        try {
            Known now = known;
            Known all = now == null ? firstTime(run.id()) : now;
            RunRows rows = all.contents.get(run.id());
            Integer place = all.places.get(run.id());
            if (rows != null || place == null) {
                // the run is gone if the portal was asked again after it was listed
                return rows == null ? RunRows.EMPTY : rows;
            }
            fetch(all, place);
            // rows of several times count as old as the first of them
            save(all, all.asked);
            return all.contents.getOrDefault(run.id(), RunRows.EMPTY);
        } finally {
            asking.unlock();
        }
    }

    /** Fetches the run at a place, and those that follow if the caller goes through all of them. */
    @GuardedBy("asking") private void fetch(Known all, int place) {
        while (next < all.runs.size()
                && all.contents.containsKey(all.runs.get(next).id())) {
            next++;
        }
        if (place != next) {
            next = place + 1;
            pagesInOrder = 0;
            fetch(all, List.of(List.of(all.runs.get(place))));
            return;
        }
        // the first page alone: many callers look into one run
        int pages = pagesInOrder == 0 ? 1 : GraphQlClient.AT_ONCE;
        List<List<RunRow>> wanted = new ArrayList<>();
        for (; pages > 0 && next < all.runs.size(); pages--) {
            int end = Math.min(next + PAGE, all.runs.size());
            wanted.add(all.runs.subList(next, end));
            next = end;
        }
        pagesInOrder += wanted.size();
        fetch(all, wanted);
    }

    /** Fetches groups of runs in parallel. Groups that are too large are halved. */
    private void fetch(Known all, List<List<RunRow>> groups) {
        List<List<RunRow>> wanted = groups;
        while (!wanted.isEmpty()) {
            List<Answer> answers =
                    client.askAll(wanted.stream().map(this::question).toList());
            List<List<RunRow>> halves = new ArrayList<>();
            for (int i = 0; i < wanted.size(); i++) {
                List<RunRow> group = wanted.get(i);
                Optional<JsonNode> data = answers.get(i).data();
                if (data.isPresent()) {
                    all.add(group, data.get());
                } else {
                    halves.add(group.subList(0, group.size() / 2));
                    halves.add(group.subList(group.size() / 2, group.size()));
                }
            }
            wanted = halves;
        }
    }

    private Question question(List<RunRow> group) {
        ObjectNode variables = variables(group.stream().map(RunRow::id).toList());
        variables.set("project", variables.get("run"));
        String purpose = group.size() == 1
                ? "list " + group.get(0)
                : "list " + group.size() + " runs of the datasets " + datasets;
        return new Question(purpose, PortalQuery.CONTENTS, variables, group.size() > 1);
    }

    private String purpose() {
        return "list the runs of the datasets " + datasets;
    }

    /** Returns variables for the chosen runs of the datasets, or for all if {@code runs} is null. */
    private ObjectNode variables(@Nullable List<Long> runs) {
        ObjectNode variables = JsonNodeFactory.instance.objectNode();
        ObjectNode run = variables.putObject("run");
        ArrayNode in = run.putObject("datasetId").putArray("_in");
        datasets.forEach(in::add);
        if (runs != null) {
            ArrayNode ids = run.putObject("id").putArray("_in");
            runs.forEach(ids::add);
        }
        ArrayNode identifiers = variables.putArray("objects");
        objects.forEach(identifiers::add);
        return variables;
    }

    private void take() {
        asking.take("interrupted while another thread was listing the datasets " + datasets);
    }
}
