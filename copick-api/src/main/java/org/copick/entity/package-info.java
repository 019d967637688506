/**
 * The kinds, keys, types and layers of entities: the vocabulary that the model and backends share.
 *
 * <p>An {@link org.copick.entity.EntityKey} identifies an entity within a project: a run by its name, a tomogram by
 * run, voxel size and type, picks by run, object, user and session. A key does not promise that the entity exists.
 * {@link org.copick.entity.EntityKind} says what each kind is and how it is stored. A {@link org.copick.entity.Layer}
 * is one of the roots that a project consists of, and {@link org.copick.entity.EntityOrder} is the order of every list.
 *
 * <pre>{@code
 * EntityKey key = new EntityKey.Picks("TS_001", "ribosome", "alice", "7");
 * System.out.println(key.kind() + " in " + key.parent().orElseThrow());
 * EntityKey tomogram = new EntityKey.Tomogram("TS_001", new VoxelSize(10), "wbp"); // 10 Å
 * }</pre>
 *
 * <p>Names that a listing could not parse ({@link org.copick.entity.UnparsableName}) and keys that a layer hides
 * ({@link org.copick.entity.HiddenEntity}) are reported beside the entities, so that one broken file hides no others.
 *
 * <p>All types are immutable values, compare by content and do no I/O.
 *
 * @since 0.1.0
 */
@NullMarked
package org.copick.entity;

import org.jspecify.annotations.NullMarked;
