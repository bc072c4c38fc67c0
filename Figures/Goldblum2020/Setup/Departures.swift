/// Where experiments of this paper are done otherwise than printed or than in the published code, or
/// fill in what neither says.
package enum Departures {
  /// Those of extractors' trainings and tests.
  package static let extractors = budgets + training + heads

  package static let budgets = [
    "Below the `paper` budget images are smaller, networks narrower and trainings shorter; the table "
      + "of presets has the numbers. At `standard` images have 16 pixels a side, a class 60 of them, "
      + "and all five trainings are on the R2-D2 network at an eighth of its width; ResNet-12 takes "
      + "part from `overnight` on. Rates are those of short trainings (0.05 and 0.1, a tenth of it "
      + "for the last third or so), meta-training has 5 shots on both sets where the published code "
      + "has 15 on mini-ImageNet, whose labels are smoothed from `overnight` on, and the margins that "
      + "images are cut from are an eighth of their side.",
    "In the paper's protocol meta-training sees 4.4 (mini-ImageNet) or 2.3 times (CIFAR-FS) as many "
      + "images as classical training; at `standard` it is 1.7 times on stand-ins, so that all fits into "
      + "minutes, and a third on published images, of which an epoch of classical training has more. "
      + "The ratios of arithmetic and of times in the table of a budget follow from that. The claim "
      + "on the cost of meta-learning is judged on the protocol itself instead, by measured times; its "
      + "updates are also planned and counted at every budget.",
    "Arithmetic is that of products and convolutions. What solves for the heads is not counted, since "
      + "a quadratic program takes as many steps as it needs, so that meta-learning is given rather "
      + "too little; nor is R_FC itself, which has neither. Whether R_FC slows training down is "
      + "said by measured times, which accompany the claim.",
    "Without published data, scenes of two seeds take the place of mini-ImageNet and CIFAR-FS, since "
      + "neither may be shipped. A verdict on stand-ins is one on the phenomenon, not on the paper's "
      + "numbers.",
    "Intervals are those of Student's t over seeds; the paper's radii are standard errors over the "
      + "test episodes of one training.",
  ]

  package static let training = [
    "R_FC and R_HV are those of the authors' code, in whose form the published tables are; the "
      + "printed form of R_HV, which cannot exceed one, is in the CSV file. The coefficients of the "
      + "published rows are in an appendix that could not be had: at `paper` they are 1, as the text "
      + "says, below they were chosen on classes for validation (0.1 and 0.5).",
    "Classical trainings keep the last epoch, where the authors' code keeps the one of the highest "
      + "training accuracy as well. Meta-trainings keep the epoch that does best on validation "
      + "episodes from `overnight` on, as the code of MetaOptNet does, and the last one below.",
    "Rows of R2-D2 in Table 3 are quoted by the paper from Bertinetto et al., who train with Adam on "
      + "episodes of 16 or 20 ways and learn a bias of the output. Here R2-D2 is meta-trained as "
      + "MetaOptNet is, with the ridge λ = 50 and the learned scale of the latter's code. The 5 shots "
      + "on CIFAR-FS, which it gives for ridge regression, are taken for both heads.",
    "All episodes of a step are normalised together, their support images apart from their queries. "
      + "On mini-ImageNet at `paper` it is two at a time: the published code divides its eight among "
      + "four processors. It keeps the running statistics of the first processor alone; here those of "
      + "all passes are folded in, one after the other.",
    "The published code counts the passes by which DropBlock's rate grows on a copy of the network "
      + "that is thrown away where there are several processors, so that hardly a block drops out "
      + "on mini-ImageNet. Here the rate grows on both sets. Where images are smaller than 84 pixels "
      + "the squares have a side of 2.",
    "Augmented colours are not rounded to bytes between the steps. Convolutions of the R2-D2 network "
      + "have no bias, which the normalisation cancels. Its leaky ReLU is taken before the pooling, "
      + "with equal results.",
  ]

  package static let heads = [
    "The dual of the support vector machine is solved to convergence, in double precision. The code "
      + "of MetaOptNet stops its solver after 15 iterations in training and after 3 in tests.",
    "Ridge regression is solved in closed form, and has half the scores of the quadratic program in "
      + "the code of MetaOptNet. The learned scale, which begins at one, makes up for that in "
      + "training, and to the largest score it makes no difference.",
    "In tests scores are multiplied by one, whatever scale was learned. Accuracies do not depend on "
      + "it.",
    "Classical rows are tested with the support vector machine, as the equal numbers of Tables 1 and "
      + "3 suggest; rows of R2-D2 with ridge regression.",
  ]

  package static let separation = [
    "R_FC is the mean over pairs of classes of a ratio, as in the authors' code. In narrow networks, whose "
      + "features have few dimensions, it is larger than the ratio of the means, and the more so the fewer.",
    "Table 2 does not say which images it is measured on. Here, as in Table 5, it is the training "
      + "classes: pairs of one pass over their images, not augmented, with running statistics.",
  ]

  /// Those of Conv-4 in Table 5 and Figure 2.
  package static let conv4 = [
    "Below the `paper` budget images are smaller, networks narrower and trainings shorter: at "
      + "`standard` images have 16 pixels a side, MAML and the classifier beside it 16 filters and "
      + "600 meta-iterations of 3 inner steps, ProtoNet and the classifier beside it 32 filters. "
      + "Classical training and ProtoNet have the batches and rates of the tables' extractors.",
    "Without published data, scenes take the place of mini-ImageNet, which may not be shipped. A "
      + "verdict on stand-ins is one on the phenomenon, not on the paper's numbers.",
  ]

  package static let maml = [
    "The paper measures MAML models that were trained elsewhere, and says nothing of their "
      + "settings. Here they are those of Finn et al.: second order, meta-batches of 4 (1-shot) and "
      + "2 (5-shot), rate 0.01 on five times the mean loss, meta-gradients within ±10.",
    "MAML normalises by the batch at hand, so that the classifier is measured by it as well; the "
      + "pairs of training classes make batches of 64 images, not augmented.",
  ]

  /// Those of Table 6 and Figure 3.
  package static let reptile =
    [conv4[1]] + [
      "Below the `paper` budget the world is smaller: at `standard` images of 16 pixels, "
        + "\(standard.filters) filters, \(standard.epochs * standard.iterations) meta-iterations of "
        + "\(standard.metaBatch) tasks of \(standard.batches) mini-batches at the rate "
        + "\(standard.rate), \(standard.testBatches) steps of fine-tuning in tests, "
        + "\(standard.testEpisodes) test episodes instead of 100,000.",
      "Each place of the meta-batch keeps a state of Adam of its own, in both arms, since tasks "
        + "advance in lock-step. The published code of Reptile has one state for all; it tests from "
        + "it, and so do we from the first place's.",
      "The exact form of the filter-normalised distance is not stated. Here it is that of Li et al. "
        + "for channels of convolutions and outputs of the head, without biases and normalisation, "
        + "measured from the batch's mean (R_i) or the start (Figure 3); the norm counts as constant.",
      "The coefficient times the constant of R_i's gradient is that of "
        + "\(Conv4World.pulls.dropFirst().map { "\($0)" }.joined(separator: ", ")) with the highest "
        + "accuracy on validation classes of seeds that no other figure has "
        + "(`tableA3-clustering-coefficient`, on stand-ins): 5·10⁻⁵ at `standard`, which is the paper's, "
        + "too, and holds from `overnight` on.",
      "Algorithm 2's outer step has the wrong sign, and is taken towards the tasks.",
      "Pooling keeps whole windows only, where Reptile's code pads. FOMAML and Reptile in the "
        + "paper's Table 6 are numbers quoted from Nichol et al.; all are run here, transductively.",
      "The classical network gets a new head and Reptile's steps of fine-tuning; the paper does not "
        + "say how it is fine-tuned.",
    ]

  private static let standard = Conv4World.of(.standard).reptile
}
