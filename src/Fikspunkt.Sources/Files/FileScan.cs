using System.Buffers;
using System.Security.Cryptography;
using System.Text.Unicode;
using Fikspunkt.Domain;

namespace Fikspunkt.Sources.Files;

/// <summary>What one pass over a file's bytes tells: hash, form, encoding.</summary>
/// <param name="Hash">SHA-256 of the content, lower-case hexadecimal.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Form">The form.</param>
/// <param name="Encoding">The encoding; UTF-8 for workbooks, which have none.</param>
/// <param name="HasByteOrderMark">Whether the content starts with a byte order mark.</param>
internal sealed record FileScan(string Hash, long Length, FileForm Form, FileEncoding Encoding, bool HasByteOrderMark)
{
    private const int BufferSize = 1 << 20;

    private static ReadOnlySpan<byte> Utf8Mark => [0xEF, 0xBB, 0xBF];

    /// <summary>The encoding's usual name.</summary>
    public string EncodingName => Encoding switch { FileEncoding.Windows1252 => "Windows-1252", FileEncoding.Utf16 => "UTF-16", _ => "UTF-8" };

    /// <summary>Reads the file once.</summary>
    /// <exception cref="InputException">The file is missing, empty, or in a form that is not read.</exception>
    public static FileScan Of(InputFile file, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            using var stream = file.Open();
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var head = Array.Empty<byte>();
            var (length, kept, isUtf8, hasNul) = (0L, 0, true, false);
            while (true)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var read = stream.ReadAtLeast(buffer.AsSpan(kept), buffer.Length - kept, throwOnEndOfStream: false);
                var isLast = kept + read < buffer.Length;
                hash.AppendData(buffer, kept, read);
                var block = buffer.AsSpan(0, kept + read);
                if (length == 0)
                {
                    head = block[..Math.Min(block.Length, 1024)].ToArray();
                }

                length += read;
                hasNul |= block.Contains((byte)0);
                kept = isLast ? 0 : IncompleteTail(block);
                isUtf8 = isUtf8 && Utf8.IsValid(block[..^kept]);
                if (isLast)
                {
                    break;
                }

                block[^kept..].CopyTo(buffer);
            }

            if (length == 0)
            {
                throw new InputException(new InputProblem(Texts.FileEmpty, file.Name));
            }

            return Judge(file.Name, head, Convert.ToHexStringLower(hash.GetHashAndReset()), length, isUtf8, hasNul);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static FileScan Judge(string name, byte[] head, string hash, long length, bool isUtf8, bool hasNul)
    {
        if (head.AsSpan().StartsWith("PK\u0003\u0004"u8))
        {
            return new FileScan(hash, length, FileForm.Xlsx, FileEncoding.Utf8, HasByteOrderMark: false);
        }

        var isUtf16 = head is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..];
        var hasMark = isUtf16 || head.AsSpan().StartsWith(Utf8Mark);
        if (name.EndsWith(".xlsx", StringComparison.OrdinalIgnoreCase))
        {
            throw Unreadable(name, head, Texts.FormWorkbookExpected);
        }

        if ((hasNul && !isUtf16) || head.AsSpan().StartsWith("%PDF"u8))
        {
            throw Unreadable(name, head, Texts.FormExpected);
        }

        if (hasMark && !isUtf16 && !isUtf8)
        {
            throw new InputException(new InputProblem(Texts.NotUtf8, name, Expected: Texts.NotUtf8Expected));
        }

        var encoding = isUtf16 ? FileEncoding.Utf16 : isUtf8 ? FileEncoding.Utf8 : FileEncoding.Windows1252;
        var start = head.AsSpan(hasMark && !isUtf16 ? Utf8Mark.Length : 0).TrimStart(" \t\r\n"u8);
        if (start.StartsWith("<"u8))
        {
            throw Unreadable(name, head, Texts.FormExpected);
        }

        if (isUtf16 || start.IsEmpty || start[0] is not ((byte)'{' or (byte)'['))
        {
            return new FileScan(hash, length, FileForm.Csv, encoding, hasMark);
        }

        return encoding == FileEncoding.Utf8
            ? new FileScan(hash, length, FileForm.Json, encoding, hasMark)
            : throw new InputException(new InputProblem(Texts.NotUtf8, name, Expected: Texts.NotUtf8Expected));
    }

    private static InputException Unreadable(string name, byte[] head, string expected)
    {
        var shown = head.AsSpan(0, Math.Min(head.Length, 24));
        return new InputException(new InputProblem(Texts.WrongForm, name, Found: System.Text.Encoding.Latin1.GetString(shown), Expected: expected));
    }

    // A character cut by the block's end is judged with the next block.
    private static int IncompleteTail(ReadOnlySpan<byte> block)
    {
        for (var back = 1; back <= Math.Min(3, block.Length); back++)
        {
            var value = block[^back];
            if (value < 0x80)
            {
                return 0;
            }

            if (value >= 0xC0)
            {
                var needed = value >= 0xF0 ? 4 : value >= 0xE0 ? 3 : 2;
                return needed > back ? back : 0;
            }
        }

        return 0;
    }
}
