namespace Fikspunkt.Sources.Synthetic;

/// <summary>What a stream of random numbers is for; part of its key.</summary>
internal enum StreamPurpose
{
    Conditions = 1,
    CommutingArea = 2,
    Effort = 4,
    Vessels = 5,
    Lot = 6,
    Chance = 7,
    Gaps = 8,
    Jobcentre = 9,
    Integration = 10,
    Supervision = 12,
    SupervisionCount = 13,
    Courses = 14,
    CourseChance = 15,
}

/// <summary>A stream of random numbers that its key alone decides, so that no result depends on the order of loops or on threads.</summary>
/// <remarks>
/// SplitMix64 (Steele, Lea and Flood 2014, "Fast splittable pseudorandom number generators") started at a mix of the key's parts.
/// Gamma variates: Marsaglia and Tsang (2000), "A simple method for generating gamma variables". A mutable struct: pass by reference.
/// </remarks>
internal struct SplitStream
{
    private const ulong GoldenGamma = 0x9E3779B97F4A7C15UL;
    private ulong state;
    private double spareNormal;
    private bool hasSpare;

    public SplitStream(int seed, StreamPurpose purpose, string area = "", int part = 0)
    {
        var key = Mix((ulong)(uint)seed + GoldenGamma);
        key = Mix(key ^ (ulong)purpose);
        foreach (var c in area)
        {
            key = Mix(key + GoldenGamma + c);
        }

        state = Mix(key ^ ((ulong)(uint)part << 32));
    }

    /// <summary>Uniform in the open interval (0, 1).</summary>
    public double NextDouble()
    {
        state += GoldenGamma;
        return ((Mix(state) >> 11) + 0.5) * (1.0 / (1UL << 53));
    }

    /// <summary>Standard normal, by Marsaglia's polar method.</summary>
    public double NextNormal()
    {
        if (hasSpare)
        {
            hasSpare = false;
            return spareNormal;
        }

        double u, v, s;
        do
        {
            u = (2 * NextDouble()) - 1;
            v = (2 * NextDouble()) - 1;
            s = (u * u) + (v * v);
        }
        while (s >= 1 || s == 0);
        var factor = Math.Sqrt(-2 * Math.Log(s) / s);
        spareNormal = v * factor;
        hasSpare = true;
        return u * factor;
    }

    /// <summary>Gamma with the given shape and scale 1; 0 for shape 0.</summary>
    public double NextGamma(double shape)
    {
        if (shape <= 0)
        {
            return 0;
        }

        if (shape < 1)
        {
            // G(a) = G(a + 1) U^(1/a)
            var power = Math.Pow(NextDouble(), 1 / shape);
            return NextGamma(shape + 1) * power;
        }

        var d = shape - (1.0 / 3);
        var c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            var x = NextNormal();
            var root = 1 + (c * x);
            if (root <= 0)
            {
                continue;
            }

            var v = root * root * root;
            var u = NextDouble();
            if (u < 1 - (0.0331 * x * x * x * x) || Math.Log(u) < (0.5 * x * x) + (d * (1 - v + Math.Log(v))))
            {
                return d * v;
            }
        }
    }

    /// <summary>Binomial: how many of <paramref name="trials"/> happen, each with the probability given.</summary>
    /// <remarks>The middle one of the trials' uniforms in order of size is beta distributed; those on one side of it are decided and the others
    /// are split again, so that the work grows with the logarithm of the trials (Relles 1972, "A simple algorithm for generating binomial
    /// random variables when N is large"). Exact.</remarks>
    public int NextBinomial(int trials, double probability)
    {
        const int CountedOneByOne = 24;
        var happened = 0;
        while (trials > CountedOneByOne)
        {
            var below = (trials + 1) / 2;
            var left = NextGamma(below);
            var middle = left / (left + NextGamma(trials + 1 - below));
            if (middle <= probability)
            {
                happened += below;
                trials -= below;
                probability = (probability - middle) / (1 - middle);
            }
            else
            {
                trials = below - 1;
                probability /= middle;
            }
        }

        for (var trial = 0; trial < trials; trial++)
        {
            happened += NextDouble() < probability ? 1 : 0;
        }

        return happened;
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
