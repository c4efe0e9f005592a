namespace Fikspunkt.Statistics.Regression;

/// <summary>How the response varies around its mean mu. The link is the family's own unless said otherwise.</summary>
public enum GlmFamily
{
    /// <summary>Constant variance; identity link. The dispersion is estimated.</summary>
    Gaussian,

    /// <summary>Shares of w trials, variance mu (1 - mu) / w; logit link. The dispersion is 1.</summary>
    Binomial,

    /// <summary>As <see cref="Binomial"/>, but the dispersion is estimated: fractional logit and overdispersed shares.</summary>
    QuasiBinomial,

    /// <summary>Counts, variance mu; log link. The dispersion is 1.</summary>
    Poisson,

    /// <summary>As <see cref="Poisson"/>, but the dispersion is estimated.</summary>
    QuasiPoisson,
}

/// <summary>What of the mean is linear in the columns.</summary>
public enum GlmLink
{
    /// <summary>The family's own: identity, logit, log.</summary>
    Canonical,

    /// <summary>log(-log(1 - mu)), for the binomial families: probabilities of an event in a period under proportional hazards.</summary>
    ComplementaryLogLog,
}

/// <summary>How a generalized linear model is fitted.</summary>
/// <param name="Family">Family.</param>
/// <param name="Link">Link.</param>
/// <param name="Threads">Threads to use; 0 = one per processor. The result is the same to the last bit.</param>
public sealed record GlmOptions(GlmFamily Family, GlmLink Link = GlmLink.Canonical, int Threads = 0);
