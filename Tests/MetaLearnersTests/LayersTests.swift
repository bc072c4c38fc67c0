import Testing
struct LayersTests {}
