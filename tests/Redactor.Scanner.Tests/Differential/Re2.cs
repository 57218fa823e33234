using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Redactor.Scanning.Tests.Differential;

/// <summary>RE2, by way of <c>tests/native/re2shim.cc</c>. <c>make native</c> builds it.</summary>
internal sealed class Re2 : SafeHandleZeroOrMinusOneIsInvalid
{
    private const string Library = "tests/native/build/libredactor_re2.so";
    private int[] numbers = new int[4 * 64];

    static Re2() => NativeLibrary.SetDllImportResolver(typeof(Re2).Assembly, (name, _, _) => name == Library ? NativeLibrary.Load(FindLibrary()) : 0);

    private Re2(nint expression)
        : base(ownsHandle: true) => SetHandle(expression);

    /// <summary>Compiles <paramref name="pattern"/>; null if RE2 refuses it.</summary>
    internal static Re2? Compile(string pattern)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(pattern);
        nint compiled = redactor_re2_compile(bytes, bytes.Length);
        return compiled == 0 ? null : new Re2(compiled);
    }

    /// <summary>All matches in <paramref name="text"/> that are not empty.</summary>
    internal Match[] FindAll(byte[] text)
    {
        int count;
        while ((count = redactor_re2_find_all(this, text, text.Length, numbers, numbers.Length / 4)) > numbers.Length / 4)
        {
            numbers = new int[4 * count];
        }

        var matches = new Match[count];
        for (int i = 0; i < count; i++)
        {
            matches[i] = new Match(numbers[4 * i], numbers[(4 * i) + 1], numbers[(4 * i) + 2], numbers[(4 * i) + 3]);
        }

        return matches;
    }

    protected override bool ReleaseHandle()
    {
        redactor_re2_free(handle);
        return true;
    }

    private static string FindLibrary()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string path = Path.Combine(folder.FullName, Library);
            if (File.Exists(path))
            {
                return path;
            }
        }

        throw new FileNotFoundException($"{Library} is missing; 'make native' builds it");
    }

    [DllImport(Library)]
    private static extern nint redactor_re2_compile(byte[] pattern, int length);

    [DllImport(Library)]
    private static extern void redactor_re2_free(nint expression);

    [DllImport(Library)]
    private static extern int redactor_re2_find_all(Re2 expression, byte[] text, int length, int[] numbers, int capacity);
}
