namespace Fikspunkt.Sources.Synthetic;

/// <summary>Chance variation of the number of persons: binomial-type with overdispersion, serially correlated, never below zero.</summary>
/// <remarks>
/// With population n, true share p, overdispersion phi and persistence rho the persons of month t have mean n p, variance phi n p (1 - p)
/// and correlation rho^h with the month h months away. They are theta_t G_t, theta = phi (1 - p), G_t gamma with shape k_t = n p / theta:
/// G_t = B_t G_(t-1) + R_t, B_t beta(a_t, k_(t-1) - a_t), R_t gamma(k_t - a_t), a_t = rho sqrt(k_(t-1) k_t): of last month's persons a random
/// part B stays, new ones R come (the beta-gamma autoregression of Lewis, McKenzie and Hugus 1989, "Gamma processes", here with a mean that
/// moves). Gamma additivity makes mean, variance and correlation exact. Where the level jumps so far that a would exceed a shape, a is that
/// shape and the correlation over the jump is correspondingly smaller; <see cref="VarianceOfSum"/> uses the correlation as it is.
/// </remarks>
internal static class SyntheticChance
{
    /// <summary>Draws the persons, rounded to one decimal.</summary>
    public static void Draw(ref SplitStream stream, SyntheticDraw draw, int group, int area, Span<double> persons)
    {
        var model = new Series(draw, group, area);
        var before = model.Shape(0);
        var state = stream.NextGamma(before);
        persons[0] = Rounded(state * model.Scale(0));
        for (var month = 1; month < persons.Length; month++)
        {
            var shape = model.Shape(month);
            var kept = model.Kept(before, shape);
            var stays = stream.NextGamma(kept);
            var leaves = stream.NextGamma(before - kept);
            var part = stays + leaves > 0 ? stays / (stays + leaves) : 0;
            state = (part * state) + stream.NextGamma(shape - kept);
            persons[month] = Rounded(state * model.Scale(month));
            before = shape;
        }
    }

    /// <summary>Variance of the sum of the persons over the months: sum of sd_s sd_t corr(s, t), in one pass because the process is Markov.</summary>
    public static double VarianceOfSum(SyntheticDraw draw, int group, int area, int firstMonth, int months)
    {
        var model = new Series(draw, group, area);
        double variance = 0;
        double carried = 0; // Covariance of the sum so far with the month at hand, over the month's sd.
        double before = 0;
        double deviationBefore = 0;
        for (var month = firstMonth; month < firstMonth + months; month++)
        {
            var shape = model.Shape(month);
            var deviation = model.Scale(month) * Math.Sqrt(shape);
            if (month > firstMonth)
            {
                carried = model.Kept(before, shape) / Math.Sqrt(before * shape) * (carried + deviationBefore);
            }

            variance += (deviation * deviation) + (2 * deviation * carried);
            (before, deviationBefore) = (shape, deviation);
        }

        return variance;
    }

    private static double Rounded(double persons) => Math.Round(persons, 1);

    private readonly ref struct Series(SyntheticDraw draw, int group, int area)
    {
        private readonly SyntheticStructure structure = draw.Structure;
        private readonly ReadOnlySpan<double> shares = draw.TrueShares(group, area);
        private readonly double overdispersion = SyntheticGroup.All[group].Overdispersion * draw.Structure.Options.OverdispersionScale;
        private readonly double persistence = SyntheticGroup.All[group].Persistence;

        public double Scale(int month) => overdispersion * (1 - shares[month]);

        public double Shape(int month) => structure.Population(area, month) * shares[month] / Scale(month);

        public double Kept(double before, double now) => Math.Min(persistence * Math.Sqrt(before * now), Math.Min(before, now));
    }
}
