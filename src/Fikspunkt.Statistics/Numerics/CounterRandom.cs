namespace Fikspunkt.Statistics.Numerics;

/// <summary>Random numbers that are a function of a seed and a position: any thread can make any part, in any order.</summary>
/// <remarks>Philox 4x32-10: Salmon, Moraes, Dror and Shaw, Parallel random numbers: as easy as 1, 2, 3, SC11 (2011).
/// The key is the seed; the counter is (stream, position).</remarks>
/// <param name="seed">Seed; any value.</param>
public readonly struct CounterRandom(long seed)
{
    private const uint Multiplier0 = 0xD2511F53;
    private const uint Multiplier1 = 0xCD9E8D57;
    private const uint Weyl0 = 0x9E3779B9;
    private const uint Weyl1 = 0xBB67AE85;

    /// <summary>Fills <paramref name="values"/> with independent standard normal draws: numbers 0, 1, ... of the stream.</summary>
    public void Normals(long stream, Span<double> values)
    {
        for (var i = 0; i < values.Length; i += 2)
        {
            var (first, second) = Uniforms(stream, i / 2);
            values[i] = NormalDistribution.Quantile(first);
            if (i + 1 < values.Length)
            {
                values[i + 1] = NormalDistribution.Quantile(second);
            }
        }
    }

    /// <summary>Two independent uniform draws strictly between 0 and 1, at one position of a stream.</summary>
    public (double First, double Second) Uniforms(long stream, long position)
    {
        var block = Block((uint)position, (uint)(position >> 32), (uint)stream, (uint)(stream >> 32));
        return (Open(block.A, block.B), Open(block.C, block.D));
    }

    /// <summary>One block of the generator: four words for one counter of four words.</summary>
    internal (uint A, uint B, uint C, uint D) Block(uint a, uint b, uint c, uint d)
    {
        var (key0, key1) = ((uint)seed, (uint)(seed >> 32));
        for (var round = 0; round < 10; round++)
        {
            var (product0, product1) = ((ulong)Multiplier0 * a, (ulong)Multiplier1 * c);
            (a, b, c, d) = ((uint)(product1 >> 32) ^ b ^ key0, (uint)product1, (uint)(product0 >> 32) ^ d ^ key1, (uint)product0);
            key0 += Weyl0;
            key1 += Weyl1;
        }

        return (a, b, c, d);
    }

    /// <summary>The middle of one of 2^52 equal cells: never 0 or 1.</summary>
    private static double Open(uint high, uint low) => (((((ulong)high << 32) | low) >> 12) + 0.5) * (1.0 / (1UL << 52));
}
