package org.copick.portal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.copick.config.ProjectConfig;
import org.copick.entity.EntityKey;
import org.copick.entity.EntityKind;
import org.copick.entity.Layer;
import org.copick.entity.UnparsableName;
import org.copick.error.NotFoundException;
import org.copick.error.ReadOnlyException;
import org.copick.spi.Backend;
import org.copick.spi.CreatedDocument;
import org.copick.spi.Entry;
import org.copick.spi.Listing;
import org.copick.spi.MetadataField;
import org.copick.storage.ObjectInfo;
import org.copick.storage.ObjectStore;
import org.copick.storage.PrefixStore;
import org.copick.storage.ReadOnlyStore;
import org.copick.storage.StorePlace;
import org.copick.storage.StoredObject;
import org.copick.storage.Version;
import org.copick.storage.WriteCondition;
import org.jspecify.annotations.Nullable;

/**
 * The datasets of the portal as one read-only layer. The portal has no features, filaments, meshes and density maps;
 * asking for them sends nothing. {@link PortalCatalogue} states the cost of everything else.
 */
final class PortalBackend implements Backend {
    /** The name of the layer. */
    static final String LAYER = "portal";

    private final GraphQlClient client;
    private final PortalCatalogue catalogue;
    private final PortalBucket bucket;
    private final Layer layer;
    private volatile PortalConfig config;

    /** The entities of the runs, with the rows that they were made of. */
    private final Map<Long, Shown> shown = new ConcurrentHashMap<>();

    private record Shown(RunRows rows, Map<String, String> objects, PortalEntries entries) {}

    PortalBackend(PortalConfig config, GraphQlClient client, PortalBucket bucket) {
        this.config = config;
        this.client = client;
        this.bucket = bucket;
        this.catalogue =
                new PortalCatalogue(client, config.datasets(), config.objects().keySet(), cache(config));
        this.layer = new Layer(
                LAYER,
                true,
                config.location(),
                config.isDefaultAddress()
                        ? Optional.empty()
                        : Optional.of(config.address().toString()));
    }

    private static @Nullable PortalCache cache(PortalConfig config) {
        return config.cacheFolder() == null ? null : PortalCache.of(config, config.cacheFolder());
    }

    @Override
    public List<Layer> layers() {
        return List.of(layer);
    }

    @Override
    public Listing list(EntityKind kind, @Nullable EntityKey parent) {
        return switch (kind) {
            case RUN -> runs();
            case DENSITY_MAP -> Listing.EMPTY;
            case TOMOGRAM -> within(kind, parent(EntityKey.Spacing.class, parent));
            case FEATURES -> {
                parent(EntityKey.Tomogram.class, parent);
                yield Listing.EMPTY;
            }
            case FILAMENTS, MESH -> {
                parent(EntityKey.Run.class, parent);
                yield Listing.EMPTY;
            }
            default -> within(kind, parent(EntityKey.Run.class, parent));
        };
    }

    private Listing runs() {
        List<Entry> entries = new ArrayList<>();
        catalogue.runs().forEach(run -> entries.add(PortalEntries.run(layer, run)));
        List<UnparsableName> problems = new ArrayList<>();
        config.ambiguous().forEach(problem -> problems.add(new UnparsableName("the configuration", problem)));
        return new Listing(entries, problems);
    }

    private Listing within(EntityKind kind, EntityKey.InRun parent) {
        return entries(parent.run()).map(found -> found.list(kind, parent)).orElse(Listing.EMPTY);
    }

    @Override
    public List<MetadataField> metadataFields(EntityKind kind) {
        return PortalFields.of(kind);
    }

    @Override
    public List<String> warnings() {
        return catalogue.warning().map(text -> layer.location() + ": " + text).stream()
                .toList();
    }

    @Override
    public Optional<Entry> find(EntityKey key) {
        return switch (key.kind()) {
            case RUN -> run(((EntityKey.Run) key).run()).map(row -> PortalEntries.run(layer, row));
            case VOXEL_SPACING, TOMOGRAM, PICKS, SEGMENTATION ->
                mayExist(key)
                        ? entries(((EntityKey.InRun) key).run()).flatMap(found -> found.find(key))
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    /** Returns whether the portal may have an annotation, without asking it. */
    private static boolean mayExist(EntityKey key) {
        return !(key instanceof EntityKey.Annotation annotation)
                || annotation.user().equals(PortalEntries.USER);
    }

    /** Returns the run with this name. Names that are no ids, and ids with zeros before them, send no request. */
    Optional<RunRow> run(String name) {
        return isId(name) ? catalogue.run(Long.parseLong(name)) : Optional.empty();
    }

    /** Returns whether a name can be that of a run of the portal. */
    static boolean isId(String name) {
        return !name.isEmpty()
                && name.length() <= 18
                && name.charAt(0) != '0'
                && name.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    @SuppressWarnings(
            "ReferenceEquality") // rows that were fetched again are other rows; comparing all of them costs more
    private Optional<PortalEntries> entries(String name) {
        return run(name).map(run -> {
            RunRows rows = catalogue.contents(run);
            Map<String, String> objects = config.objects();
            return shown.compute(
                            run.id(),
                            (id, before) -> before != null && before.rows() == rows && before.objects() == objects
                                    ? before
                                    : new Shown(rows, objects, new PortalEntries(layer, run, rows, objects)))
                    .entries();
        });
    }

    /**
     * {@inheritDoc}
     *
     * <p>The content is a picks document, made of the portal's file, with that file's version. It leaves out default values
     * and blanks, because a document in Python's form is ten times as large as the portal's file.
     */
    @Override
    public Optional<StoredObject> read(Entry document) {
        PortalBucket.Place place = bucket.place(document.handle());
        return place.store().read(place.key()).map(file -> {
            byte[] content = picks(document, file.bytes());
            ObjectInfo info = file.info();
            return new StoredObject(new ObjectInfo(info.key(), content.length, info.version()), content);
        });
    }

    private static byte[] picks(Entry document, byte[] file) {
        Map<String, Object> metadata = document.metadata();
        double voxelSpacing = (Double) Objects.requireNonNull(metadata.get("portal_voxel_spacing"));
        Object shape = ((Map<?, ?>) Objects.requireNonNull(metadata.get("portal_shape"))).get("shape_type");
        return PointsFile.toPicks(
                file, document.location(), voxelSpacing, "OrientedPoint".equals(shape), (EntityKey.Picks)
                        document.key());
    }

    @Override
    public ObjectStore open(Entry volume) {
        if (volume.handle().isEmpty()) {
            throw new NotFoundException("cannot read " + volume + ": the portal has no Zarr image of it");
        }
        PortalBucket.Place place = bucket.place(volume.handle());
        return new ReadOnlyStore(new PrefixStore(place.store(), place.key() + "/"));
    }

    @Override
    public long size(Entry entry) {
        if (entry.key().kind().content() == EntityKind.Content.CONTAINER) {
            EntityKey.InRun key = (EntityKey.InRun) entry.key();
            return entries(key.run()).stream()
                    .flatMap(found -> found.contents().stream())
                    .filter(each -> key.equals(each.key().parent().orElseThrow()) || key.kind() == EntityKind.RUN)
                    .mapToLong(this::size)
                    .sum();
        }
        if (entry.handle().isEmpty()) {
            return 0;
        }
        PortalBucket.Place place = bucket.place(entry.handle());
        if (entry.key().kind().content() == EntityKind.Content.DOCUMENT) {
            return place.store().info(place.key()).map(ObjectInfo::size).orElse(0L);
        }
        AtomicLong sum = new AtomicLong();
        place.store().forEach(place.key() + "/", object -> sum.addAndGet(object.size()));
        return sum.get();
    }

    @Override
    public StorePlace place(Entry volume) {
        throw readOnly("write " + volume);
    }

    @Override
    public Entry createContainer(EntityKey key) {
        throw readOnly("create " + key);
    }

    @Override
    public Entry entryForNew(EntityKey key) {
        throw readOnly("create " + key);
    }

    @Override
    public CreatedDocument createDocument(EntityKey key, byte[] content) {
        throw readOnly("create " + key);
    }

    @Override
    public Version replaceDocument(Entry document, byte[] content, WriteCondition condition) {
        throw readOnly("write " + document);
    }

    @Override
    public void delete(Entry entry) {
        throw readOnly("delete " + entry);
    }

    @Override
    public void hide(EntityKey key) {
        throw readOnly("hide " + key);
    }

    @Override
    public boolean unhide(EntityKey key) {
        throw readOnly("unhide " + key);
    }

    /**
     * {@inheritDoc}
     *
     * <p>Annotations of new identifiers are asked for when they are needed. Those of removed ones are no longer shown, which
     * costs no request.
     */
    @Override
    public boolean objectsChanged(ProjectConfig changed) {
        PortalConfig now = config.withObjects(changed);
        if (now.objects().equals(config.objects()) && now.ambiguous().equals(config.ambiguous())) {
            return false;
        }
        catalogue.want(now.objects().keySet(), cache(now));
        config = now;
        return true;
    }

    @Override
    public Backend prefetching(Duration maxAge) {
        return new PortalImages(this);
    }

    @Override
    public void refresh() {
        catalogue.refresh();
    }

    @Override
    public void close() {
        client.close();
        bucket.close();
    }

    private ReadOnlyException readOnly(String operation) {
        return new ReadOnlyException(
                "cannot " + operation + ": the layer " + layer.name() + " at " + layer.location() + " is read-only");
    }

    private static <K extends EntityKey> K parent(Class<K> type, @Nullable EntityKey parent) {
        if (!type.isInstance(parent)) {
            throw new IllegalArgumentException("needs the key of a " + type.getSimpleName() + ", not " + parent);
        }
        return type.cast(parent);
    }
}
