package org.copick.entity;

/** The meaning of the voxel values of a segmentation (spec section 14.4). */
public enum SegmentationType {
    /** 1 inside one object, 0 outside. Axes z, y, x. */
    BINARY,
    /** The labels of several objects. Axes z, y, x. */
    MULTILABEL,
    /** The ids of individual instances of one object, 0 outside. Axes z, y, x. */
    INSTANCE,
    /** Two channels: object labels, and instance ids within the object. Axes channel, z, y, x. */
    PANOPTIC
}
