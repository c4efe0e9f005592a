namespace Fikspunkt.Statistics.Regression;

/// <summary>How the covariance of regression coefficients is estimated.</summary>
/// <remarks>With e_i the residual, h_i the leverage, A = (X'WX)^-1 and n - k degrees of freedom: the robust kinds are
/// A [sum of (w_i e_i)^2 f_i x_i x_i'] A. MacKinnon and White, Journal of Econometrics 29 (1985) 305-325.</remarks>
public enum CovarianceKind
{
    /// <summary>sigma^2 A: right when Var(y_i) = sigma^2 / w_i.</summary>
    Classical,

    /// <summary>f_i = 1.</summary>
    Hc0,

    /// <summary>f_i = n / (n - k).</summary>
    Hc1,

    /// <summary>f_i = 1 / (1 - h_i).</summary>
    Hc2,

    /// <summary>f_i = 1 / (1 - h_i)^2: close to the jackknife, the usual choice below some hundred units.</summary>
    Hc3,
}
