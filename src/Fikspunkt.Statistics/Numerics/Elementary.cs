namespace Fikspunkt.Statistics.Numerics;

/// <summary>Elementary functions that the platform offers without accuracy near zero.</summary>
internal static class Elementary
{
    /// <summary>log(1 + x), accurate to a few units in the last place. <c>double.LogP1</c> is log(x + 1) and loses small x.</summary>
    /// <remarks>The rounding error of 1 + x is undone by the factor x / ((1 + x) - 1): Higham, Accuracy and Stability of Numerical Algorithms, 1.14.1.</remarks>
    public static double Log1P(double x)
    {
        var u = 1 + x;
        return u == 1 ? x : double.IsPositiveInfinity(u) ? u : Math.Log(u) * x / (u - 1);
    }

    /// <summary>exp(x) - 1, accurate to a few units in the last place. <c>double.ExpM1</c> is exp(x) - 1 as written and loses small x.</summary>
    /// <remarks>Kahan's correction: (u - 1) x / log u with u = exp x; Higham, Accuracy and Stability of Numerical Algorithms, 1.14.1.</remarks>
    public static double ExpM1(double x)
    {
        var u = Math.Exp(x);
        return u == 1 ? x : u - 1 == -1 ? -1 : double.IsPositiveInfinity(u) ? u : (u - 1) * x / Math.Log(u);
    }
}
