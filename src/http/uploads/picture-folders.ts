/** The folders of the file store whose pictures anybody may have; their keys are `<folder>/<uuid>.<extension>`. */
export const pictureFolders = ['avatars', 'logos', 'icons', 'thumbnails', 'modules', 'lessons'] as const;

export type PictureFolder = (typeof pictureFolders)[number];

export const isPictureFolder = (folder: string): folder is PictureFolder => pictureFolders.some((known) => known === folder);
