package org.copick;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.copick.config.EntityNames;
import org.copick.config.ProjectConfig;
import org.copick.error.AlreadyExistsException;
import org.copick.error.ClosedException;
import org.copick.error.NotFoundException;
import org.copick.spi.Backend;
import org.copick.spi.EntityKey;
import org.copick.spi.EntityKind;
import org.copick.spi.Entry;
import org.copick.spi.Layer;
import org.copick.spi.Listing;
import org.copick.storage.ObjectStore;
import org.copick.storage.WriteCondition;
import org.jspecify.annotations.Nullable;

/**
 * An open project: its pickable objects and its runs.
 *
 * <p>Opening lists nothing. Listings are made when first asked for and kept until {@link #refresh}, so what another
 * process adds is seen after that. Safe for use by many threads.
 */
public final class Root implements AutoCloseable {
    private final CopickContext context;
    private final ProjectConfig config;
    private final @Nullable Path baseFolder;
    private final Backend backend;
    private final boolean ownsBackend;
    private final Children<Run> runs;
    private final Cached<List<PickableObject>> objects;
    private final Cached<Listing> densityMaps;
    private volatile boolean closed;

    Root(CopickContext context, ProjectConfig config, @Nullable Path baseFolder, Backend backend) {
        this(context, config, baseFolder, backend, true);
    }

    private Root(
            CopickContext context,
            ProjectConfig config,
            @Nullable Path baseFolder,
            Backend backend,
            boolean ownsBackend) {
        this.ownsBackend = ownsBackend;
        this.context = context;
        this.config = config;
        this.baseFolder = baseFolder;
        this.backend = backend;
        this.runs = new Children<>(this, EntityKind.RUN, null, entry -> new Run(this, entry));
        this.objects = new Cached<>(() -> config.objects().stream()
                .map(definition -> new PickableObject(this, definition))
                .toList());
        this.densityMaps = new Cached<>(() -> backend().list(EntityKind.DENSITY_MAP, null));
    }

    /** The configuration this project was opened with. */
    public ProjectConfig config() {
        return config;
    }

    /** The project's name, empty when the configuration gives none. */
    public String name() {
        return config.name() == null ? "" : config.name();
    }

    /** Whose annotations new ones are, unless said otherwise. */
    public Optional<String> userId() {
        return Optional.ofNullable(config.userId());
    }

    /** The layers, those that win first. */
    public List<Layer> layers() {
        return backend().layers();
    }

    /** The objects that can be annotated, in the configuration's order. */
    public List<PickableObject> objects() {
        return objects.get();
    }

    /** The object of that name. */
    public Optional<PickableObject> findObject(String name) {
        return objects().stream().filter(o -> o.name().equals(name)).findFirst();
    }

    /**
     * The object of that name.
     *
     * @throws NotFoundException when the configuration has none
     */
    public PickableObject object(String name) {
        return findObject(name)
                .orElseThrow(() -> new NotFoundException("no object \"" + name + "\" in the configuration; it has "
                        + objects().stream().map(PickableObject::name).toList()));
    }

    /** All runs, by name. One listing for each layer, the first time. */
    public List<Run> runs() {
        Set<String> allowed = allowedRuns();
        return allowed == null
                ? runs.all()
                : runs.all().stream()
                        .filter(run -> allowed.contains(run.name()))
                        .toList();
    }

    /** The run of that name. Unless the runs were listed already, this looks for it alone. */
    public Optional<Run> findRun(String name) {
        Set<String> allowed = allowedRuns();
        return allowed != null && !allowed.contains(name) ? Optional.empty() : runs.find(new EntityKey.Run(name));
    }

    /**
     * The run of that name.
     *
     * @throws NotFoundException when there is none
     */
    public Run run(String name) {
        return findRun(name).orElseThrow(() -> new NotFoundException("no run \"" + name + "\" in " + describe()));
    }

    /** Names among the runs that mean nothing. */
    public List<Listing.Skipped> skipped() {
        return runs.skipped();
    }

    /**
     * Creates a run in the writable layer.
     *
     * @throws AlreadyExistsException when any layer has it
     * @throws org.copick.error.InvalidNameException for a name that may not be created
     * @throws org.copick.error.ReadOnlyException without a writable layer
     */
    public Run newRun(String name) {
        return newRun(name, IfExists.FAIL);
    }

    /** Creates a run, or returns the one there is. */
    public Run newRun(String name, IfExists ifExists) {
        EntityKey.Run key = new EntityKey.Run(EntityNames.checkedRunName(name));
        Optional<Entry> existing = backend().find(key);
        if (existing.isPresent()) {
            if (ifExists == IfExists.FAIL) {
                throw new AlreadyExistsException("the run \"" + name + "\" exists already at " + existing.get());
            }
            return runs.wrap(existing.get());
        }
        Entry created = backend().createContainer(key);
        runs.refresh();
        return runs.wrap(created);
    }

    /** Every entity that the URI matches, run by run in order. */
    public List<Entity> find(CopickUri uri) {
        return runs().stream().flatMap(run -> run.find(uri).stream()).toList();
    }

    /**
     * The same project with all copies of every entity: what the overlay shadows is listed too, read-only copies first,
     * as in Python. It shares this project's stores and closes with it; closing the view alone leaves them open.
     */
    public Root unmerged() {
        return new Root(context, config, baseFolder, backend().unmerged(), false);
    }

    /**
     * Saves the configuration as Python copick does, unknown fields kept. The file is replaced as a whole.
     *
     * @param file a path or URL; relative paths start from the working folder
     */
    public void saveConfig(String file) {
        int slash = file.lastIndexOf('/');
        String folder = slash < 0 ? "." : file.substring(0, slash + 1);
        try (ObjectStore store = context.store(folder)) {
            store.write(
                    file.substring(slash + 1), config.toJson().getBytes(StandardCharsets.UTF_8), WriteCondition.ANY);
        }
    }

    /** Forgets all listings. Entities that are held on to keep theirs; fetch them anew. */
    public void refresh() {
        runs.refresh();
        objects.clear();
        densityMaps.clear();
    }

    /** Closes the stores; idempotent. Later calls that need them throw {@link ClosedException}. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            context.closed(this);
            if (ownsBackend) {
                backend.close();
            }
        }
    }

    /** Name and layers. */
    @Override
    public String toString() {
        return describe();
    }

    Backend backend() {
        if (closed) {
            throw new ClosedException("the project " + describe() + " is closed; open it again");
        }
        return backend;
    }

    CopickContext context() {
        return context;
    }

    void forgetRuns() {
        runs.refresh();
    }

    Optional<Entry> densityMap(String object) {
        EntityKey key = new EntityKey.DensityMap(object);
        return densityMaps.get().entries().stream()
                .filter(entry -> entry.key().equals(key))
                .findFirst();
    }

    private @Nullable Set<String> allowedRuns() {
        return config.runs() == null ? null : new HashSet<>(config.runs());
    }

    private String describe() {
        return "\"" + name() + "\" ("
                + String.join(
                        ", ", backend.layers().stream().map(Layer::location).toList()) + ")";
    }
}
