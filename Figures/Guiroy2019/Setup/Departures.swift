extension ImageFigure {
  /// What the experiments on images do otherwise than the paper.
  package static var departures: [String] {
    [
      "Below the `paper` budget images are smaller, nets narrower and trainings shorter: the "
        + "paper's 50 000 meta-iterations of Conv-4 on a GPU do not fit into minutes on two cores. "
        + "The table of presets has the numbers; episodes, metrics and statistics are the same.",
      "Without published data the procedural stand-ins `glyphs` and `scenes` take the place of "
        + "Omniglot and mini-ImageNet, since neither may be shipped. A verdict on stand-ins is one "
        + "on the phenomenon, not on the paper's numbers.",
      "The inner loss is the mean over the support images, at the rates that the paper states. "
        + "The code of Finn et al., which the paper seems to build on, sums over the shots.",
      "Queries per class, the estimator of the spectral norm (Lanczos) and the episodes for "
        + "gradients are not stated; they are in the table of presets and in the modules' pages.",
      "Bands are 95 % intervals over seeds (Student t); the paper's are not explained.",
    ]
  }
}
