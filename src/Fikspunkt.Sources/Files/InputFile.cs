using Fikspunkt.Domain;

namespace Fikspunkt.Sources.Files;

/// <summary>A file that is read more than once: for its hash and encoding, for its header, for its rows.</summary>
/// <param name="Name">The name that faults are reported under: the path as the user wrote it, or the address.</param>
/// <param name="Open">Opens the content from its start.</param>
internal sealed record InputFile(string Name, Func<Stream> Open)
{
    private const int BufferSize = 1 << 17;

    /// <summary>A file on disk.</summary>
    public static InputFile FromPath(string path) => new(path, () => OpenFile(path));

    /// <summary>Content already in memory.</summary>
    public static InputFile FromBytes(string name, byte[] content) => new(name, () => new MemoryStream(content, writable: false));

    private static FileStream OpenFile(string path)
    {
        try
        {
            return new FileStream(path, new FileStreamOptions { BufferSize = BufferSize, Options = FileOptions.SequentialScan, Share = FileShare.Read });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            var rule = e is FileNotFoundException or DirectoryNotFoundException ? Texts.FileNotFound : Texts.FileUnreadable;
            throw new InputException(new InputProblem(rule, path), e);
        }
    }
}
