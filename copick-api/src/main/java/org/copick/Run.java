package org.copick;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.copick.config.EntityNames;
import org.copick.entity.EntityKey;
import org.copick.entity.EntityKind;
import org.copick.entity.SegmentationType;
import org.copick.entity.UnparsableName;
import org.copick.entity.VoxelSize;
import org.copick.error.AlreadyExistsException;
import org.copick.error.InvalidNameException;
import org.copick.error.NotFoundException;
import org.copick.mesh.MeshScene;
import org.copick.picks.FilamentsDocument;
import org.copick.picks.PicksDocument;
import org.copick.picks.Point;
import org.copick.spi.Entry;

/**
 * The data of one location on the sample: tomograms by voxel spacing, and annotations.
 *
 * <p>Each kind of entity is listed on first use and cached until {@link #refresh}. This costs one listing per layer,
 * for segmentations three.
 */
public final class Run extends Entity {
    private final EntityKey.Run key;
    private final EntityList<VoxelSpacing> voxelSpacings;
    private final EntityList<Picks> picks;
    private final EntityList<Filaments> filaments;
    private final EntityList<Mesh> meshes;
    private final EntityList<Segmentation> segmentations;
    private final DocumentCreation creation;

    Run(Root root, Entry entry) {
        super(root, entry);
        key = (EntityKey.Run) entry.key();
        voxelSpacings = new EntityList<>(root, EntityKind.VOXEL_SPACING, key, e -> new VoxelSpacing(this, e));
        picks = new EntityList<>(root, EntityKind.PICKS, key, e -> new Picks(this, e));
        filaments = new EntityList<>(root, EntityKind.FILAMENTS, key, e -> new Filaments(this, e));
        meshes = new EntityList<>(root, EntityKind.MESH, key, e -> new Mesh(this, e));
        segmentations = new EntityList<>(root, EntityKind.SEGMENTATION, key, e -> new Segmentation(this, e));
        creation = new DocumentCreation(this, picks, filaments, meshes);
    }

    @Override
    public EntityKey.Run key() {
        return key;
    }

    /** {@return the name of this run} */
    public String name() {
        return key.run();
    }

    /** {@return the voxel spacings, smallest first} */
    public List<VoxelSpacing> voxelSpacings() {
        return voxelSpacings.all();
    }

    /**
     * {@return the voxel spacing of this size, or empty if there is none}
     *
     * @param angstrom voxel size in Å; rounded to 0.001
     * @throws InvalidNameException if the size is not possible
     */
    public Optional<VoxelSpacing> findVoxelSpacing(double angstrom) {
        return voxelSpacings.find(new EntityKey.Spacing(name(), new VoxelSize(angstrom)));
    }

    /**
     * {@return the voxel spacing of this size}
     *
     * @param angstrom voxel size in Å; rounded to 0.001
     * @throws NotFoundException if there is none
     * @throws InvalidNameException if the size is not possible
     */
    public VoxelSpacing voxelSpacing(double angstrom) {
        return findVoxelSpacing(angstrom)
                .orElseThrow(() -> new NotFoundException(
                        "no voxel spacing " + new VoxelSize(angstrom) + " Å in run \"" + name() + "\""));
    }

    /**
     * Creates a voxel spacing in the writable layer.
     *
     * @param angstrom voxel size in Å; rounded to 0.001
     * @return the new voxel spacing
     * @throws AlreadyExistsException if any layer has this voxel spacing
     * @throws InvalidNameException if the size is not possible
     * @throws org.copick.error.ReadOnlyException if the project has no writable layer
     */
    public VoxelSpacing newVoxelSpacing(double angstrom) {
        return newVoxelSpacing(angstrom, OnExisting.FAIL);
    }

    /**
     * Creates a voxel spacing, or handles an existing one as requested. See {@link #newVoxelSpacing(double)}.
     *
     * @param angstrom voxel size in Å; rounded to 0.001
     * @param onExisting {@link OnExisting#FAIL} or {@link OnExisting#REUSE} for an existing voxel spacing
     * @return the new voxel spacing, or the existing one
     * @throws IllegalArgumentException if {@code onExisting} is {@link OnExisting#REPLACE}
     */
    public VoxelSpacing newVoxelSpacing(double angstrom, OnExisting onExisting) {
        onExisting.requireContainer("a voxel spacing");
        EntityKey.Spacing spacing = new EntityKey.Spacing(name(), new VoxelSize(angstrom));
        if (spacing.size().angstrom() == 0) {
            throw new InvalidNameException("a voxel spacing of " + angstrom + " Å is not possible");
        }
        Optional<Entry> existing = root().backend().find(spacing);
        if (existing.isPresent()) {
            if (onExisting == OnExisting.FAIL) {
                throw new AlreadyExistsException(
                        "the voxel spacing " + spacing.size() + " exists already at " + existing.get());
            }
            return voxelSpacings.wrap(existing.get());
        }
        Entry created = root().backend().createContainer(spacing);
        voxelSpacings.refresh();
        return voxelSpacings.wrap(created);
    }

    /** {@return all picks, sorted by user, session and object} */
    public List<Picks> picks() {
        return picks.all();
    }

    /**
     * {@return the picks that pass the filter}
     *
     * @param filter the conditions that the picks must meet
     */
    public List<Picks> picks(AnnotationFilter filter) {
        return filter.select(root(), EntityKind.PICKS, picks());
    }

    /**
     * {@return the picks that a copick URI matches, such as {@code "ribosome:*"}}
     *
     * @param uri a copick URI of picks; see {@link CopickUri}
     * @throws InvalidNameException if the URI is invalid
     */
    public List<Picks> picks(String uri) {
        return EntitySearch.matching(CopickUri.parse(EntityKind.PICKS, uri), picks());
    }

    /**
     * {@return the picks with this identity} Looks up these picks alone unless the picks are listed already.
     *
     * @param id object, user and session of the picks
     * @throws NotFoundException if there are none
     * @throws org.copick.error.InvalidConfigException if the id has no user or session and the configuration names none
     */
    public Picks picks(AnnotationId id) {
        return findPicks(id).orElseThrow(() -> none("picks", id));
    }

    /**
     * {@return the picks with this identity, or empty if there are none}
     *
     * @param id object, user and session of the picks
     * @throws org.copick.error.InvalidConfigException if the id has no user or session and the configuration names none
     */
    public Optional<Picks> findPicks(AnnotationId id) {
        return picks.find(id.picks(this));
    }

    /**
     * Creates empty picks.
     *
     * <p>If the points are known, create the picks {@linkplain #newPicks(AnnotationId, List) with them} instead.
     *
     * @param id the identity of the picks, with the name of an object in the configuration
     * @return the new picks
     */
    public Picks newPicks(AnnotationId id) {
        return newPicks(id, OnExisting.FAIL);
    }

    /**
     * Creates empty picks, or handles existing ones as requested. See {@link #newPicks(AnnotationId, List)}.
     *
     * @param id the identity of the picks, with the name of an object in the configuration
     * @param onExisting what to do if picks with this identity exist
     * @return the picks: new, replaced or reused
     */
    public Picks newPicks(AnnotationId id, OnExisting onExisting) {
        return newPicks(id, List.of(), onExisting);
    }

    /**
     * Creates picks with these points in the writable layer.
     *
     * <p>The file is written once, so readers never see the picks without their points.
     *
     * @param id the identity of the picks, with the name of an object in the configuration
     * @param points the points, with locations x, y, z in Å
     * @return the new picks
     * @throws NotFoundException if the configuration has no such object
     * @throws org.copick.error.InvalidConfigException if the id has no user or session and the configuration names none
     * @throws InvalidNameException if a name is not allowed for new entities
     * @throws AlreadyExistsException if any layer has picks with this identity
     * @throws org.copick.error.InvalidDataException if the location or transform of a point is not finite; the message
     *     names the first such point
     * @throws org.copick.error.ReadOnlyException if the project has no writable layer
     */
    public Picks newPicks(AnnotationId id, List<Point> points) {
        return newPicks(id, points, OnExisting.FAIL);
    }

    /**
     * Creates picks with these points, or handles existing ones as requested. See {@link #newPicks(AnnotationId,
     * List)}.
     *
     * @param id the identity of the picks, with the name of an object in the configuration
     * @param points the points, with locations x, y, z in Å
     * @param onExisting what to do if picks with this identity exist
     * @return the picks: new, replaced or reused
     */
    public Picks newPicks(AnnotationId id, List<Point> points, OnExisting onExisting) {
        EntityKey.Picks key = id.picks(this);
        PicksDocument document = PicksDocument.empty(key.object(), key.user(), key.session(), key.run());
        return creation.picks(key, document.withPoints(points), onExisting);
    }

    /**
     * Creates picks with a document.
     *
     * @param id the identity of the picks, with the name of an object in the configuration
     * @param document the points and all other fields; its names are replaced by those of the id and of this run
     * @return the new picks
     * @see #newPicks(AnnotationId, List) newPicks(AnnotationId, List), for the exceptions
     */
    public Picks newPicks(AnnotationId id, PicksDocument document) {
        return newPicks(id, document, OnExisting.FAIL);
    }

    /**
     * Creates picks with a document, or handles existing ones as requested.
     *
     * <p>See {@link #newPicks(AnnotationId, PicksDocument)}.
     *
     * @param id the identity of the picks, with the name of an object in the configuration
     * @param document the points and all other fields; its names are replaced by those of the id and of this run
     * @param onExisting what to do if picks with this identity exist
     * @return the picks: new, replaced or reused
     */
    public Picks newPicks(AnnotationId id, PicksDocument document, OnExisting onExisting) {
        return creation.picks(id.picks(this), document, onExisting);
    }

    /** {@return all filaments, which are traced centrelines, sorted by user, session and object} */
    public List<Filaments> filaments() {
        return filaments.all();
    }

    /**
     * {@return the filaments that pass the filter}
     *
     * @param filter the conditions that the filaments must meet
     */
    public List<Filaments> filaments(AnnotationFilter filter) {
        return filter.select(root(), EntityKind.FILAMENTS, filaments());
    }

    /**
     * {@return the filaments that a copick URI matches}
     *
     * @param uri a copick URI of filaments; see {@link CopickUri}
     * @throws InvalidNameException if the URI is invalid
     */
    public List<Filaments> filaments(String uri) {
        return EntitySearch.matching(CopickUri.parse(EntityKind.FILAMENTS, uri), filaments());
    }

    /**
     * {@return the filaments with this identity} Looks up these filaments alone unless the filaments are listed
     * already.
     *
     * @param id object, user and session of the filaments
     * @throws NotFoundException if there are none
     * @throws org.copick.error.InvalidConfigException if the id has no user or session and the configuration names none
     */
    public Filaments filaments(AnnotationId id) {
        return findFilaments(id).orElseThrow(() -> none("filaments", id));
    }

    /**
     * {@return the filaments with this identity, or empty if there are none}
     *
     * @param id object, user and session of the filaments
     * @throws org.copick.error.InvalidConfigException if the id has no user or session and the configuration names none
     */
    public Optional<Filaments> findFilaments(AnnotationId id) {
        return filaments.find(id.filaments(this));
    }

    /**
     * Creates an empty set of filaments.
     *
     * <p>If the filaments are known, create the set {@linkplain #newFilaments(AnnotationId, FilamentsDocument) with
     * them} instead.
     *
     * @param id the identity of the filaments, with the name of an object in the configuration
     * @return the new filaments
     */
    public Filaments newFilaments(AnnotationId id) {
        return newFilaments(id, OnExisting.FAIL);
    }

    /**
     * Creates an empty set of filaments, or handles an existing one as requested.
     *
     * @param id the identity of the filaments, with the name of an object in the configuration
     * @param onExisting what to do if filaments with this identity exist
     * @return the filaments: new, replaced or reused
     */
    public Filaments newFilaments(AnnotationId id, OnExisting onExisting) {
        EntityKey.Filaments key = id.filaments(this);
        return newFilaments(
                id, FilamentsDocument.empty(key.object(), key.user(), key.session(), key.run()), onExisting);
    }

    /**
     * Creates filaments with a document, in the writable layer.
     *
     * <p>The file is written once, so readers never see an incomplete one. The configuration need not declare the
     * object a filament. Curves that do not describe the points of their filament are dropped, as in Python.
     *
     * @param id the identity of the filaments, with the name of an object in the configuration
     * @param document the filaments, with vertices x, y, z in Å; its names are replaced by those of the id and of this
     *     run
     * @return the new filaments
     * @throws AlreadyExistsException if any layer has filaments with this identity
     * @throws org.copick.error.InvalidDataException if a control point of a curve is not finite
     * @see #newPicks(AnnotationId, List) newPicks(AnnotationId, List), for the other exceptions
     */
    public Filaments newFilaments(AnnotationId id, FilamentsDocument document) {
        return newFilaments(id, document, OnExisting.FAIL);
    }

    /**
     * Creates filaments with a document, or handles existing ones as requested.
     *
     * <p>See {@link #newFilaments(AnnotationId, FilamentsDocument)}.
     *
     * @param id the identity of the filaments, with the name of an object in the configuration
     * @param document the filaments, with vertices x, y, z in Å; its names are replaced by those of the id and of this
     *     run
     * @param onExisting what to do if filaments with this identity exist
     * @return the filaments: new, replaced or reused
     */
    public Filaments newFilaments(AnnotationId id, FilamentsDocument document, OnExisting onExisting) {
        return creation.filaments(id.filaments(this), document, onExisting);
    }

    /** {@return all meshes, which are surfaces, sorted by user, session and object} */
    public List<Mesh> meshes() {
        return meshes.all();
    }

    /**
     * {@return the meshes that pass the filter}
     *
     * @param filter the conditions that the meshes must meet
     */
    public List<Mesh> meshes(AnnotationFilter filter) {
        return filter.select(root(), EntityKind.MESH, meshes());
    }

    /**
     * {@return the meshes that a copick URI matches}
     *
     * @param uri a copick URI of meshes; see {@link CopickUri}
     * @throws InvalidNameException if the URI is invalid
     */
    public List<Mesh> meshes(String uri) {
        return EntitySearch.matching(CopickUri.parse(EntityKind.MESH, uri), meshes());
    }

    /**
     * {@return the mesh with this identity} Looks up this mesh alone unless the meshes are listed already.
     *
     * @param id object, user and session of the mesh
     * @throws NotFoundException if there is none
     * @throws org.copick.error.InvalidConfigException if the id has no user or session and the configuration names none
     */
    public Mesh mesh(AnnotationId id) {
        return findMesh(id).orElseThrow(() -> none("mesh", id));
    }

    /**
     * {@return the mesh with this identity, or empty if there is none}
     *
     * @param id object, user and session of the mesh
     * @throws org.copick.error.InvalidConfigException if the id has no user or session and the configuration names none
     */
    public Optional<Mesh> findMesh(AnnotationId id) {
        return meshes.find(id.mesh(this));
    }

    /**
     * Creates a mesh in the writable layer.
     *
     * <p>The file is written once, so readers never see an incomplete one.
     *
     * @param id the identity of the mesh, with the name of an object in the configuration
     * @param scene vertices x, y, z in Å; {@link MeshScene#empty} for a mesh to fill later
     * @return the new mesh
     * @throws AlreadyExistsException if any layer has a mesh with this identity
     * @throws org.copick.error.InvalidDataException if a vertex is not finite; the message names the first such vertex
     * @see #newPicks(AnnotationId, List) newPicks(AnnotationId, List), for the other exceptions
     */
    public Mesh newMesh(AnnotationId id, MeshScene scene) {
        return newMesh(id, scene, OnExisting.FAIL);
    }

    /**
     * Creates a mesh, or handles an existing one as requested. See {@link #newMesh(AnnotationId, MeshScene)}.
     *
     * @param id the identity of the mesh, with the name of an object in the configuration
     * @param scene vertices x, y, z in Å; {@link MeshScene#empty} for a mesh to fill later
     * @param onExisting what to do if a mesh with this identity exists
     * @return the mesh: new, replaced or reused
     */
    public Mesh newMesh(AnnotationId id, MeshScene scene, OnExisting onExisting) {
        return creation.mesh(id.mesh(this), scene, onExisting);
    }

    /** {@return all segmentations, of every type and voxel spacing} */
    public List<Segmentation> segmentations() {
        return segmentations.all();
    }

    /**
     * {@return the segmentations that pass the filter}
     *
     * <p>A filter excludes instance and panoptic segmentations unless it requests their types.
     *
     * @param filter the conditions that the segmentations must meet
     */
    public List<Segmentation> segmentations(AnnotationFilter filter) {
        return filter.select(root(), EntityKind.SEGMENTATION, segmentations());
    }

    /**
     * {@return the segmentations that a copick URI matches, such as {@code "cells:*@10"}}
     *
     * @param uri a copick URI of segmentations; see {@link CopickUri}
     * @throws InvalidNameException if the URI is invalid
     */
    public List<Segmentation> segmentations(String uri) {
        return EntitySearch.matching(CopickUri.parse(EntityKind.SEGMENTATION, uri), segmentations());
    }

    /**
     * {@return the segmentation with this identity} Looks up this one alone unless the segmentations are listed
     * already.
     *
     * @param id type, name, voxel size, user and session of the segmentation
     * @throws NotFoundException if there is none
     * @throws org.copick.error.InvalidConfigException if the id has no user or session and the configuration names none
     * @throws IllegalArgumentException if the id has no voxel size
     */
    public Segmentation segmentation(SegmentationId id) {
        return findSegmentation(id).orElseThrow(() -> none("segmentation", id));
    }

    /**
     * {@return the segmentation with this identity, or empty if there is none}
     *
     * @param id type, name, voxel size, user and session of the segmentation
     * @throws org.copick.error.InvalidConfigException if the id has no user or session and the configuration names none
     * @throws IllegalArgumentException if the id has no voxel size
     */
    public Optional<Segmentation> findSegmentation(SegmentationId id) {
        return segmentations.find(id.in(this));
    }

    /**
     * Creates a segmentation, with {@linkplain VolumeOptions#defaults() the default options}.
     *
     * <p>See {@link #newSegmentation(SegmentationId, VolumeData, VolumeOptions)}.
     *
     * @param id the identity of the segmentation, with a voxel size
     * @param data the labels, in the order z, y, x; for a panoptic segmentation 2, z, y, x
     * @return the new segmentation
     */
    public Segmentation newSegmentation(SegmentationId id, VolumeData data) {
        return newSegmentation(id, data, OnExisting.FAIL);
    }

    /**
     * Creates a segmentation, or handles an existing one as requested.
     *
     * <p>See {@link #newSegmentation(SegmentationId, VolumeData, VolumeOptions)}.
     *
     * @param id the identity of the segmentation, with a voxel size
     * @param data the labels, in the order z, y, x; for a panoptic segmentation 2, z, y, x
     * @param onExisting what to do if a segmentation with this identity exists
     * @return the segmentation: new, replaced or reused
     */
    public Segmentation newSegmentation(SegmentationId id, VolumeData data, OnExisting onExisting) {
        return newSegmentation(id, data, VolumeOptions.defaults().onExisting(onExisting));
    }

    /**
     * Creates a segmentation in the writable layer. The voxel spacing need not exist.
     *
     * <p>If several threads or programs create the same segmentation, exactly one succeeds, provided the store supports
     * conditional writes.
     *
     * @param id the identity, with the name of an object in the configuration for a binary or instance segmentation and
     *     any name otherwise
     * @param data z, y, x; for a panoptic segmentation 2, z, y, x: labels and instances
     * @param options format, levels, element type and checks, and what to do with an existing segmentation
     * @return the segmentation: new, or replaced or reused as the options say
     * @throws NotFoundException if the configuration has no such object
     * @throws org.copick.error.InvalidConfigException if the id has no user or session and the configuration names none
     * @throws InvalidNameException if a name is not allowed for new entities
     * @throws org.copick.error.InvalidDataException if a label is not allowed: fractions; negative numbers; other
     *     labels than 0 and 1 in a binary segmentation; labels of no object in a multilabel or panoptic one; instances
     *     outside the labels of a panoptic one
     * @throws AlreadyExistsException if any layer has a segmentation with this identity, unless the options allow it
     * @throws org.copick.error.ReadOnlyException if the project has no writable layer
     * @throws IllegalArgumentException if the id has no voxel size
     */
    public Segmentation newSegmentation(SegmentationId id, VolumeData data, VolumeOptions options) {
        EntityKey.Segmentation wanted = id.in(this);
        if (wanted.type() == SegmentationType.BINARY || wanted.type() == SegmentationType.INSTANCE) {
            root().object(wanted.object());
        }
        EntityNames.checkedForSegmentation("segmentation name", wanted.object());
        EntityNames.checkedForSegmentation("user id", wanted.user());
        EntityNames.checkedForSegmentation("session id", wanted.session());
        if (wanted.size().angstrom() == 0) {
            throw new InvalidNameException("a voxel spacing of " + wanted.size() + " Å is not possible");
        }
        return segmentations.made(VolumeWrite.create(root(), wanted, options, write -> write.labels(data, wanted)));
    }

    /**
     * {@return all annotations of one kind}
     *
     * @param kind {@link EntityKind#PICKS}, {@link EntityKind#FILAMENTS}, {@link EntityKind#MESH} or {@link
     *     EntityKind#SEGMENTATION}
     * @throws IllegalArgumentException if the kind is not a kind of annotation
     */
    public List<? extends Annotation> annotations(EntityKind kind) {
        return list(kind).all();
    }

    EntityList<? extends Annotation> list(EntityKind kind) {
        return switch (kind) {
            case PICKS -> picks;
            case FILAMENTS -> filaments;
            case MESH -> meshes;
            case SEGMENTATION -> segmentations;
            default -> throw new IllegalArgumentException(kind + " is not a kind of annotation");
        };
    }

    private NotFoundException none(String what, Object id) {
        return new NotFoundException("no " + what + " " + id + " in run \"" + name() + "\"");
    }

    /**
     * {@return all entities in this run that the URI matches, in listing order}
     *
     * @param uri the URI, which also sets the kind of the entities
     * @throws InvalidNameException if a regular expression of the URI takes too long to match a name
     */
    public List<Entity> match(CopickUri uri) {
        return EntitySearch.matching(this, uri);
    }

    Optional<? extends Entity> find(EntityKey wanted) {
        return EntitySearch.find(this, wanted);
    }

    /** {@return the names in this run that could not be parsed} Makes listings that have not been made yet. */
    public List<UnparsableName> unparsableNames() {
        List<UnparsableName> all = new ArrayList<>(voxelSpacings.unparsableNames());
        all.addAll(picks.unparsableNames());
        all.addAll(filaments.unparsableNames());
        all.addAll(meshes.unparsableNames());
        all.addAll(segmentations.unparsableNames());
        return all;
    }

    /** Discards this run's listings. */
    @Override
    public void refresh() {
        voxelSpacings.refresh();
        refreshPicks();
        refreshFilaments();
        refreshMeshes();
        refreshSegmentations();
    }

    @Override
    void forget() {
        root().forgetRuns();
    }

    DocumentCreation creation() {
        return creation;
    }

    void refreshVoxelSpacings() {
        voxelSpacings.refresh();
    }

    void refreshPicks() {
        picks.refresh();
    }

    void refreshFilaments() {
        filaments.refresh();
    }

    void refreshMeshes() {
        meshes.refresh();
    }

    void refreshSegmentations() {
        segmentations.refresh();
    }
}
