// The chart as PNG, drawn by the visitor's browser from the SVG file, twice its size. Without this file the SVG is there.
(function () {
  [].forEach.call(document.querySelectorAll('[data-png]'), function (button) {
    button.hidden = false;
    button.onclick = function () {
      var image = new Image();
      image.onload = function () {
        var canvas = document.createElement('canvas'), link = document.createElement('a');
        canvas.width = 2 * image.width;
        canvas.height = 2 * image.height;
        canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
        link.href = canvas.toDataURL('image/png');
        link.download = button.dataset.name + '.png';
        link.click();
      };
      image.src = button.dataset.png;
    };
  });
})();
