using Fikspunkt.Statistics.Numerics;

namespace Fikspunkt.Statistics.Ranks;

/// <summary>Standard normal draws by draw and direction, in blocks of draws. Draw r is stream r of the generator, direction m its m-th number.</summary>
/// <remarks>
/// A benchmark asks for hundreds of rank sets with one seed. The draws behind them are the same numbers - fewer directions are the first of more - and
/// take a third of the work, so those asked for last are kept. They are a function of the seed alone: keeping them changes no result.
/// </remarks>
internal sealed class NormalBlocks
{
    /// <summary>Draws in a block.</summary>
    public const int Size = 128;

    /// <summary>Numbers that are kept at most (16 MB).</summary>
    private const long LargestKept = 2_000_000;

    private static volatile NormalBlocks? s_latest;

    private readonly long _seed;
    private readonly int _directions;
    private readonly double[]?[] _blocks;
    private readonly bool _keeps;

    private NormalBlocks(long seed, int directions, int blocks)
    {
        (_seed, _directions, _blocks) = (seed, directions, new double[blocks][]);
        _keeps = (long)blocks * Size * directions <= LargestKept;
    }

    /// <summary>At least as many directions and blocks as asked for.</summary>
    public static NormalBlocks Of(long seed, int directions, int blocks)
    {
        if (s_latest is { } latest && latest._seed == seed && latest._directions >= directions && latest._blocks.Length >= blocks)
        {
            return latest;
        }

        var made = new NormalBlocks(seed, directions, blocks);
        if (made._keeps)
        {
            s_latest = made;
        }

        return made;
    }

    /// <summary>A block: direction by direction, the draws of each side by side. Threads that ask at once make the same numbers.</summary>
    public double[] Block(int block)
    {
        if (Volatile.Read(ref _blocks[block]) is { } kept)
        {
            return kept;
        }

        var random = new CounterRandom(_seed);
        var turned = new double[_directions * Size];
        var normals = new double[_directions];
        for (var draw = 0; draw < Size; draw++)
        {
            random.Normals(((long)block * Size) + draw, normals);
            for (var m = 0; m < normals.Length; m++)
            {
                turned[(m * Size) + draw] = normals[m];
            }
        }

        if (_keeps)
        {
            Volatile.Write(ref _blocks[block], turned);
        }

        return turned;
    }
}
