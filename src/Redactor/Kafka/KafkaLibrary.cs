using System.Runtime.InteropServices;
using Confluent.Kafka;

namespace Redactor.Kafka;

/// <summary>
/// The C library librdkafka, which everything of Kafka's goes through. Loaded only where Kafka is configured: first the one beside the
/// program (<c>make librdkafka</c>), then the system's, then one that a NuGet package brought.
/// </summary>
public static class KafkaLibrary
{
    /// <summary>2.1.0, as librdkafka writes versions. Older ones lack functions that consuming calls; found out with Debian 12's 2.0.2.</summary>
    private const int LeastVersion = 0x02_01_00_00;

    private const string VersionedName = "librdkafka.so.1";
    private const string ImportedName = "librdkafka";

    private static readonly Lazy<(nint Handle, string? Problem)> Loaded = new(Load);

    /// <summary>The loaded library; zero if there is none that can be used.</summary>
    internal static nint Handle => Loaded.Value.Handle;

    /// <summary>Loads the library if that has not been done. To be called before anything of Confluent.Kafka's.</summary>
    /// <returns>What is missing and how to get it, in one line; null if all is well.</returns>
    public static string? Prepare() => Loaded.Value.Problem;

    /// <summary>What to tell somebody whose library has <paramref name="version"/>, or who has none (0); null if it will do.</summary>
    internal static string? Judge(int version) => version >= LeastVersion ? null :
        $"Kafka needs the C library librdkafka, 2.1 or newer, and {(version == 0 ? "this machine has none" : $"this machine's is {version >> 24}.{(version >> 16) & 0xFF}.{(version >> 8) & 0xFF}")}: "
        + "install the package librdkafka1 (Debian 13, Ubuntu 24.04 or newer), or build it beside the program with 'make librdkafka build'";

    private static (nint Handle, string? Problem) Load()
    {
        var importer = typeof(Library).Assembly;
        bool found = NativeLibrary.TryLoad(Path.Combine(AppContext.BaseDirectory, VersionedName), out nint handle)
            || NativeLibrary.TryLoad(VersionedName, out handle)
            || NativeLibrary.TryLoad(ImportedName, importer, null, out handle);
        if (Judge(found ? VersionOf(handle) : 0) is { } problem)
        {
            return (0, problem);
        }

        NativeLibrary.SetDllImportResolver(importer, (name, _, _) => name == ImportedName ? handle : 0);
        return (handle, null);
    }

    private static unsafe int VersionOf(nint library) =>
        NativeLibrary.TryGetExport(library, "rd_kafka_version", out nint function) ? ((delegate* unmanaged[Cdecl]<int>)function)() : 1;
}
