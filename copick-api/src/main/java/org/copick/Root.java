package org.copick;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.copick.config.EntityNames;
import org.copick.config.ObjectDefinition;
import org.copick.config.ProjectConfig;
import org.copick.entity.EntityKey;
import org.copick.entity.EntityKind;
import org.copick.entity.HiddenEntity;
import org.copick.entity.Layer;
import org.copick.entity.UnparsableName;
import org.copick.error.AlreadyExistsException;
import org.copick.error.ClosedException;
import org.copick.error.InvalidConfigException;
import org.copick.error.NotFoundException;
import org.copick.spi.Backend;
import org.copick.spi.Entry;
import org.copick.spi.Listing;
import org.copick.storage.ObjectStore;
import org.jspecify.annotations.Nullable;

/**
 * An open project: its pickable objects and its runs. Safe for use by many threads.
 *
 * <p>Opening lists nothing. Listings are made on first use and cached until {@link #refresh}; additions by other processes
 * show only after it. On object stores, listings of several runs are prefetched and may be up to 30 s old. Looking up one
 * entity also lists its run; an entity that is missing there is looked up in the store each time. {@link
 * CopickContext.Builder#maxAge} sets another age.
 */
public final class Root implements AutoCloseable {
    private final CopickContext context;
    private final EditableConfig settings;
    private final Backend backend;
    private final boolean ownsBackend;
    private final Epochs epochs;
    private final EntityList<Run> runs;
    private final Lazy<List<PickableObject>> objects;
    private final Lazy<Listing> densityMaps;
    private final EntityLookup lookup = new EntityLookup(this);
    private volatile boolean closed;

    Root(CopickContext context, ProjectConfig config, @Nullable ConfigFile file, Backend backend) {
        this(context, new EditableConfig(config, file), backend, true);
    }

    private Root(CopickContext context, EditableConfig settings, Backend backend, boolean ownsBackend) {
        this.ownsBackend = ownsBackend;
        this.context = context;
        this.settings = settings;
        this.backend = backend;
        this.epochs = context.epochs(backend);
        this.runs = new EntityList<>(this, EntityKind.RUN, null, entry -> new Run(this, entry));
        this.objects = new Lazy<>(() -> settings.config().objects().stream()
                .map(definition -> new PickableObject(this, definition))
                .toList());
        this.densityMaps = new Lazy<>(() -> backend().list(EntityKind.DENSITY_MAP, null), this::epoch);
    }

    /** The configuration this project was opened with, as changed since. */
    public ProjectConfig config() {
        return settings.config();
    }

    /** The project's name, empty when the configuration gives none. */
    public String name() {
        return config().name().orElse("");
    }

    /** The configuration's user id: that of new annotations for which a program names no user. */
    public Optional<String> userId() {
        return config().userId();
    }

    /** The configuration's session id, for programs that do not ask for one. */
    public Optional<String> sessionId() {
        return config().sessionId();
    }

    /** Returns the configuration's user id, or throws what to do about it. */
    String requireUserId() {
        return userId().orElseThrow(() -> new InvalidConfigException("the configuration of " + name()
                + " has no user_id; add one to it, or name the user of the annotation"));
    }

    /** Returns the configuration's session id, or throws what to do about it. */
    String requireSessionId() {
        return sessionId()
                .orElseThrow(() -> new InvalidConfigException("the configuration of " + name()
                        + " has no session_id; add one to it, or name the session of the annotation"));
    }

    /** The layers, highest precedence first. */
    public List<Layer> layers() {
        return backend().layers();
    }

    /**
     * All keys of a layer, for tools that look at more than entities; empty where a layer is no store. Writable only where
     * the layer is. It ends with this project.
     */
    public Optional<ObjectStore> store(Layer layer) {
        return backend().store(layer);
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

    /**
     * Adds an object to the configuration, in memory; {@link #save} keeps it. Without a label it gets the next one: one more
     * than the greatest, 1 for the first.
     *
     * @throws AlreadyExistsException when the name or the label is taken
     */
    public PickableObject addObject(ObjectDefinition definition) {
        settings.addObject(definition);
        objects.clear();
        return object(definition.name());
    }

    /**
     * Adds an object like {@link #addObject}, but keeps its definition as it is, even without a label or with the label of
     * another object, as projects of Python copick may have.
     *
     * @throws AlreadyExistsException when the name is taken
     */
    public PickableObject addObjectAsIs(ObjectDefinition definition) {
        settings.takeOver(definition);
        objects.clear();
        return object(definition.name());
    }

    /**
     * Replaces the definition of an object, in memory; {@link #save} keeps it.
     *
     * @throws NotFoundException when there is no object of that name
     * @throws AlreadyExistsException when another object has the label
     */
    public PickableObject replaceObject(ObjectDefinition definition) {
        settings.replaceObject(definition);
        objects.clear();
        return object(definition.name());
    }

    /**
     * Removes an object from the configuration, in memory; {@link #save} stores the change. The object's annotations and
     * its density map stay.
     *
     * @throws NotFoundException when there is no object of that name
     */
    public void removeObject(String name) {
        settings.removeObject(name);
        objects.clear();
    }

    /**
     * Saves the configuration to the file the project was opened by, as a whole. A file on disk keeps its permissions; one
     * that holds credentials is taken from everybody but its owner.
     *
     * @throws org.copick.error.InvalidConfigException when it was not opened by a file
     * @throws org.copick.error.ConflictException when somebody else has written the file since; open the project again
     */
    public void save() {
        settings.save();
    }

    /** All runs, by name. One listing for each layer, the first time. */
    public List<Run> runs() {
        return config().runs().isEmpty()
                ? runs.all()
                : runs.all().stream().filter(run -> allows(run.name())).toList();
    }

    /** The run of that name. Unless the runs were listed already, this looks for it alone. */
    public Optional<Run> findRun(String name) {
        return allows(name) ? runs.find(new EntityKey.Run(name)) : Optional.empty();
    }

    /**
     * The run of that name.
     *
     * @throws NotFoundException when there is none
     */
    public Run run(String name) {
        return findRun(name).orElseThrow(() -> new NotFoundException("no run \"" + name + "\" in " + describe()));
    }

    /** Folder names that could not be parsed as runs. */
    public List<UnparsableName> unparsableNames() {
        return runs.unparsableNames();
    }

    /**
     * Creates a run in the writable layer.
     *
     * @throws AlreadyExistsException when any layer has it
     * @throws org.copick.error.InvalidNameException for a name that may not be created
     * @throws org.copick.error.ReadOnlyException without a writable layer
     */
    public Run newRun(String name) {
        return newRun(name, OnExisting.FAIL);
    }

    /** Creates a run, or returns the one there is. */
    public Run newRun(String name, OnExisting onExisting) {
        onExisting.requireContainer("a run");
        EntityKey.Run key = new EntityKey.Run(EntityNames.checkedRunName(name));
        Optional<Entry> existing = backend().find(key);
        if (existing.isPresent()) {
            if (onExisting == OnExisting.FAIL) {
                throw new AlreadyExistsException("the run \"" + name + "\" exists already at " + existing.get());
            }
            return runs.wrap(existing.get());
        }
        Entry created = backend().createContainer(key);
        runs.refresh();
        return runs.wrap(created);
    }

    /**
     * The entity of this key, looked for step by step from its run.
     *
     * @throws NotFoundException when there is none, and for density maps, which belong to objects
     */
    public Entity entity(EntityKey key) {
        return find(key).orElseThrow(() -> new NotFoundException("no " + key + " in " + describe()));
    }

    /** The entity of this key, looked for step by step from its run; empty for density maps, which belong to objects. */
    public Optional<? extends Entity> find(EntityKey key) {
        if (!(key instanceof EntityKey.InRun inRun)) {
            return Optional.empty();
        }
        return findRun(inRun.run()).flatMap(run -> run.find(key));
    }

    /**
     * Copies an entity of this or another project into the writable layer. Runs and voxel spacings are created empty where
     * they are not there yet. Picks and filaments get the names of the key; everything else in them is kept.
     *
     * @param key what the copy is; of the same kind and type as {@code source}
     * @throws AlreadyExistsException when any layer has it, unless the options say otherwise
     * @throws org.copick.error.InvalidNameException for another kind or type, for a name that may not be created, and for the
     *     entity itself
     * @throws org.copick.error.ReadOnlyException without a writable layer
     */
    public Entity copy(Entity source, EntityKey key, CopyOptions options) {
        EntityCopy.copy(source.root(), source.entry(), this, key, options);
        refresh();
        return find(key).orElseThrow(() -> new NotFoundException("what was copied to " + key + " is gone again"));
    }

    /**
     * Returns whether an entity holds exactly what {@link #copy} would write to its key {@linkplain CopyOptions#asStored as
     * it is stored}, so that a copy that was interrupted can go on. Reads both, block by block, up to the first difference.
     *
     * @param key what the copy is; of the same kind and type as {@code source}
     * @return false also for the entity itself
     */
    public boolean holdsCopy(Entity source, EntityKey key) {
        return EntityCopy.isThere(source.root(), source.entry(), this, key);
    }

    /**
     * Copies the density map of an object, which may be one of another project, to the object of the same name.
     *
     * @throws NotFoundException when there is no map, or no such object here
     * @throws AlreadyExistsException when any layer has one, unless the options say otherwise
     */
    public void copyDensityMap(PickableObject source, CopyOptions options) {
        Entry map = source.densityMapEntry()
                .orElseThrow(() -> new NotFoundException("the object " + source.name() + " has no density map"));
        object(source.name());
        EntityCopy.copy(source.root(), map, this, map.key(), options);
        densityMaps.clear();
    }

    /** Every entity that the URI matches, run by run in order. */
    public List<Entity> match(CopickUri uri) {
        return runs().stream().flatMap(run -> run.match(uri).stream()).toList();
    }

    /**
     * Returns what the writable layer hides in the layers below it, run by run; in the {@linkplain #unmerged unmerged} view,
     * what any layer hides. Costs the listings of everything in the layers.
     */
    public List<HiddenEntity> hidden() {
        return hidden(LayerScope.all());
    }

    /** The hidden entities in a part of the project; costs the listings of that part. See {@link #hidden()}. */
    public List<HiddenEntity> hidden(LayerScope scope) {
        LayerScope allowed = scope.within(this::allows);
        requireOpen();
        Backend view = epochs.newView();
        return ownsBackend ? Tombstones.all(view.top(), view.unmerged(), allowed) : Tombstones.all(view, view, allowed);
    }

    /** Whether the layers below the one that hides an entity show it. At most a few requests for each of them. */
    public boolean hidesAnything(HiddenEntity hidden) {
        return Tombstones.hidesAnything(backend(), hidden);
    }

    /**
     * Takes back what {@link Entity#hide} did, and forgets all listings.
     *
     * @return whether the writable layer hid it
     * @throws org.copick.error.ReadOnlyException without a writable layer
     */
    public boolean unhide(EntityKey key) {
        boolean hidden = backend().unhide(key);
        refresh();
        return hidden;
    }

    /** How the writable layer differs from what the layers below it show. See {@link #diff(Predicate)}. */
    public List<Difference> diff() {
        return diff(key -> true);
    }

    /**
     * Returns the differences in wanted keys, run by run. Runs and voxel spacings appear only if they are added or hidden;
     * the contents of a hidden one are not listed. Costs listings of the runs that the writable layer has, and reads both
     * copies of each shadowed entity, block by block, up to the first difference.
     */
    public List<Difference> diff(Predicate<EntityKey> wanted) {
        return diff(wanted, LayerScope.all());
    }

    /** The differences in what is wanted within a part of the project. See {@link #diff(Predicate)}. */
    public List<Difference> diff(Predicate<EntityKey> wanted, LayerScope scope) {
        requireOpen();
        return LayerDiff.of(epochs.newView(), wanted, scope.within(this::allows));
    }

    /**
     * Copies entities of the writable layer into another project, with the definitions of objects that it lacks. Everything
     * is checked before anything is written. See {@link Promotion}.
     *
     * @return the copies
     */
    public List<Entity> promote(Collection<? extends Entity> entities, Root target, CopyOptions options) {
        return Promotion.of(this, entities, target, options).run();
    }

    /**
     * The same project with all copies of every entity: what a layer shadows or hides is listed too, read-only copies
     * first, as in Python. Each copy of a tomogram lists the features of all layers; they are equal, and {@link
     * #match} gives each once.
     * The view shares this project's stores and closes with it; closing the view alone leaves them open.
     */
    public Root unmerged() {
        return new Root(context, settings, backend().unmerged(), false);
    }

    /**
     * Saves the configuration as Python copick does, unknown fields kept. The file is replaced as a whole. One on disk that
     * holds credentials can be read by its owner alone.
     *
     * @param file a path or URL; relative paths start from the working folder
     */
    public void saveConfig(String file) {
        context.write(config(), file);
    }

    /** Discards all listings. Entities that were returned before keep theirs; look them up again. */
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

    /** Finds single entities and opens their images. */
    EntityLookup lookup() {
        return lookup;
    }

    /** Whether the other one is this project, perhaps in a view of all its copies. */
    boolean isProjectOf(Root other) {
        return settings == other.settings;
    }

    /** The backend for listings, which are made together where that pays. */
    Backend prefetching() {
        requireOpen();
        return epochs.view();
    }

    /** Discards prefetched listings. */
    void forgetListings() {
        epochs.forgetView();
    }

    /** Another object once what was listed or opened may be too old. */
    Object epoch() {
        return epochs.current();
    }

    Backend backend() {
        requireOpen();
        return backend;
    }

    private void requireOpen() {
        if (closed) {
            throw new ClosedException("the project " + describe() + " is closed; open it again");
        }
    }

    CopickContext context() {
        return context;
    }

    boolean isOpenedByFile() {
        return settings.hasFile();
    }

    boolean allows(String run) {
        return settings.allows(run);
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

    void forgetDensityMaps() {
        densityMaps.clear();
    }

    private String describe() {
        return "\"" + name() + "\" ("
                + String.join(
                        ", ", backend.layers().stream().map(Layer::location).toList()) + ")";
    }
}
