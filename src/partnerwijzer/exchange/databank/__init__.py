"""The whole databank as a file: out as json or xlsx, and in again where there is none yet."""
